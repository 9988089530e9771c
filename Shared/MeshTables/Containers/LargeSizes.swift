/// The numbers of 64 bits in the extra field of an entry, in their order.
struct LargeSizes {
  private var numbers: [Int] = []

  init(_ extra: [UInt8]) {
    let fields = LittleEndian(extra)
    var offset = 0
    while let id = fields.number(at: offset, size: 2),
      let size = fields.place(at: offset + 2, size: 2)
    {
      if id == 1 {
        var place = offset + 4
        while place + 8 <= offset + 4 + size, let number = fields.place(at: place, size: 8) {
          numbers.append(number)
          place += 8
        }
        break
      }
      offset += 4 + size
    }
    numbers.reverse()
  }

  mutating func next() -> Int? { numbers.popLast() }
}

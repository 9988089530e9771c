import MeshProto
import ProtoFixtures

/// A message with a value in every kind of field, and its bytes as Google's protoc writes them.
enum KitchenSample {
  /// `protoc --encode=fixtures.v1.Kitchen --deterministic_output` of the same values.
  static let golden = """
    09000000000000f83f15000080be18ffffffffffffffffff01208080808080808080800128ffffffff0f30ff
    ffffffffffffffff0138ffffffff0f40feffffffffffffffff014dffffffff5101000000000000005dfeffff
    ff61fdffffffffffffff6801720c5ac3bc7269636820f09f8f947a0200ff8001028a010a08011204666f726b
    1200a00100aa0100b00100b80100f2010e0001ffffffffffffffffff01ac02f80102f8010382021000000000
    0000e03f00000000000000808a020b01ffffffffffffffffff0192020201009a0201619a020162a20200a202
    0178aa0200aa02020801b202080100000002000000c202060a0161120131c202060a0162120132ca021408ff
    ffffffffffffffff011207120573706f6f6ed2020408001001d2020408011002da02070a03736b791002e202
    0c0907000000000000001201019a030712056b6e696665e20304ea030165f20305f203021805b2041108ffff
    ffffffffffffff0110ff93ebdc03ba0405080310f403c204080a03612e620a0163ca04280a260a046c697374
    121e321c0a0208000a091100000000000000400a0220010a031a01730a022a00d2042e0a2c747970652e676f
    6f676c65617069732e636f6d2f66697874757265732e76312e456d7074794b69746368656eda040082050164
    8a050173920501699a050163a2050177aa050176faffffff0f03666172
    """

  static var message: Kitchen {
    var kitchen = Kitchen()
    setScalars(&kitchen)
    setRepeated(&kitchen)
    setMaps(&kitchen)
    setWellKnown(&kitchen)
    kitchen.choice = .choiceDrawer(Kitchen.Drawer(things: ["knife"]))
    kitchen.loop = .inner(Kitchen(loop: .end("e")))
    kitchen.annex = Kitchen(annex: Kitchen(int32Value: 5))
    kitchen.default = "d"
    kitchen.self_ = "s"
    kitchen.init_ = "i"
    kitchen.class = "c"
    kitchen.writer = "w"
    kitchen.value = "v"
    kitchen.far = "far"
    return kitchen
  }

  private static func setScalars(_ kitchen: inout Kitchen) {
    kitchen.doubleValue = 1.5
    kitchen.floatValue = -0.25
    kitchen.int32Value = -1
    kitchen.int64Value = .min
    kitchen.uint32Value = .max
    kitchen.uint64Value = .max
    kitchen.sint32Value = .min
    kitchen.sint64Value = .max
    kitchen.fixed32Value = .max
    kitchen.fixed64Value = 1
    kitchen.sfixed32Value = -2
    kitchen.sfixed64Value = -3
    kitchen.boolValue = true
    kitchen.stringValue = "Zürich 🏔"
    kitchen.bytesValue = [0, 255]
    kitchen.color = .darkBlue
    kitchen.drawer = Kitchen.Drawer(side: .left, things: ["fork", ""])
    kitchen.optionalNumber = 0
    kitchen.optionalText = ""
    kitchen.optionalColor = .unspecified
    kitchen.optionalFlag = false
  }

  private static func setRepeated(_ kitchen: inout Kitchen) {
    kitchen.packedNumbers = [0, 1, -1, 300]
    kitchen.unpackedNumbers = [1, -2]
    kitchen.packedDoubles = [0.5, -0.0]
    kitchen.packedColors = [.red, .negative]
    kitchen.packedFlags = [true, false]
    kitchen.texts = ["a", "b"]
    kitchen.blobs = [[], [0x78]]
    kitchen.drawers = [Kitchen.Drawer(), Kitchen.Drawer(side: .left)]
    kitchen.packedFixed = [1, 2]
  }

  private static func setMaps(_ kitchen: inout Kitchen) {
    kitchen.labels = ["a": "1", "b": "2"]
    kitchen.drawersByNumber = [-1: Kitchen.Drawer(things: ["spoon"])]
    kitchen.byFlag = [false: -1, true: 1]
    kitchen.colors = ["sky": .darkBlue]
    kitchen.byStamp = [7: [1]]
  }

  private static func setWellKnown(_ kitchen: inout Kitchen) {
    kitchen.time = WellKnown.Timestamp(seconds: -1, nanos: 999_999_999)
    kitchen.span = WellKnown.Duration(seconds: 3, nanos: 500)
    kitchen.mask = WellKnown.FieldMask(paths: ["a.b", "c"])
    let list: [WellKnown.Value.Kind] = [
      .null, .number(2), .bool(true), .string("s"), .structure(WellKnown.Struct()),
    ]
    let values = WellKnown.ListValue(values: list.map { WellKnown.Value($0) })
    kitchen.document = WellKnown.Struct(fields: ["list": WellKnown.Value(.list(values))])
    kitchen.any = WellKnown.`Any`(packing: EmptyKitchen())
    kitchen.empty = WellKnown.Empty()
  }
}

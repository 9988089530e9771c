/// What the sheets of a workbook share.
struct SheetBook {
  let strings: SharedStrings
  /// By the number of a cell's style.
  let formats: [NumberFormat]
  let numbers: SheetNumber
}

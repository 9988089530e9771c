/// What reads the elements of an XML file as they come.
protocol XMLHandler: AnyObject {
  func start(_ name: XMLName, _ attributes: XMLAttributes) throws
  func end(_ name: XMLName) throws
  /// Gets a part of a text: one text may come in several.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

extension String {
  /// The text as an error quotes it: at most 100 bytes.
  package var quoted: String {
    if utf8.count <= 100 { return "“\(self)”" }
    var cut = ""
    for scalar in unicodeScalars {
      if cut.utf8.count + 4 > 97 { break }
      cut.unicodeScalars.append(scalar)
    }
    return "“\(cut)…”"
  }
}

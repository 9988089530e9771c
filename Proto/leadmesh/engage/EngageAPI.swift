// The Swift of this API is made from the .proto files beside this one by Proto/Plugin; the package
// manager drops a folder without a Swift file.

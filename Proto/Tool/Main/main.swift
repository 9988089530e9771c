import ProtoToolKit

ProtoTool.main(Array(CommandLine.arguments.dropFirst()))

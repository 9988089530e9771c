// The Swift of these messages is made from kitchen.proto by Proto/Plugin, as that of every API is.

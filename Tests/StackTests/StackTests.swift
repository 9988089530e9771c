// StackTests

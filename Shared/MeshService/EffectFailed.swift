/// The effect of a timer or of a change failed by itself, rather than by the store in whose transaction it ran.
struct EffectFailed: Error {
  let cause: any Error
}

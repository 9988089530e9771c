import LeadsAPI

extension LeadsAPI.Rescoring {
  init(_ rescoring: Rescoring?) {
    self.init()
    guard let rescoring else { return }
    running = rescoring.isRunning
    leadsDone = Int64(rescoring.leadsDone)
    leadsChanged = Int64(rescoring.leadsChanged)
    startTime = rescoring.startTime
    endTime = rescoring.endTime
  }
}

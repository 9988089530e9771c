import LeadsAPI
import MeshRecords

extension LeadsAPI.Rescoring {
  init(_ progress: RescoringProgress?) {
    self.init()
    guard let progress else { return }
    running = progress.isRunning
    leadsDone = Int64(progress.done)
    leadsChanged = Int64(progress.changed)
    startTime = progress.startTime
    endTime = progress.endTime
  }
}

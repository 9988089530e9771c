import DealsAPI
import EngageAPI
import LeadsAPI
import MeshLoop
import TasksAPI

/// The clients by which demo work is read and made.
@LoopActor
struct DemoServices {
  let leads: LeadsServiceClient
  let accounts: AccountsServiceClient
  let contacts: ContactsServiceClient
  let deals: DealsServiceClient
  let tasks: TasksServiceClient
  let projects: ProjectsServiceClient
  let dependencies: TaskDependenciesServiceClient
  let timeLogs: TimeLogsServiceClient
  let rules: TaskRulesServiceClient
  let activities: ActivitiesServiceClient

  init(_ folder: MeshFolder) {
    let (selling, working) = (folder.channel(to: "deals"), folder.channel(to: "tasks"))
    leads = LeadsServiceClient(folder.channel(to: "leads"))
    accounts = AccountsServiceClient(selling)
    contacts = ContactsServiceClient(selling)
    deals = DealsServiceClient(selling)
    tasks = TasksServiceClient(working)
    projects = ProjectsServiceClient(working)
    dependencies = TaskDependenciesServiceClient(working)
    timeLogs = TimeLogsServiceClient(working)
    rules = TaskRulesServiceClient(working)
    activities = ActivitiesServiceClient(folder.channel(to: "engage"))
  }
}

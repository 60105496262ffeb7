// The shapes that modules hand to one another.

@export()
@description('A resource\'s tags, by name.')
type tagsType = { *: string }

@export()
@description('Application settings, by name.')
type settingsType = { *: string }

@export()
@description('One cloud\'s entry of clouds.json.')
type cloudType = {
  login: string
  graph: string
  exchange: string
  outlook: string
  officeJs: string
  federation: string
}

@export()
@description('Object ids of people and groups, and what each may do.')
type peopleType = {
  @description('Rollcall admins.')
  admins: string[]

  @description('May count recipients and send.')
  senders: string[]

  @description('May see settings, the audit trail and what is kept, and no result of anybody\'s.')
  auditors: string[]

  @description('May read and write the vault\'s secrets and the tables: for the runbooks, as long as they are needed.')
  operators: string[]

  @description('The service account. It alone is granted the delegated permissions. Empty: consent is given by hand.')
  serviceAccount: string
}

@export()
@description('How large the app may become.')
type scaleType = {
  @description('Instances that are always running. One spares the first caller of the morning the wait for a cold start.')
  @minValue(0)
  @maxValue(20)
  alwaysReady: int

  @description('The most instances that may run at once.')
  @minValue(1)
  @maxValue(1000)
  maximumInstances: int

  @description('Memory of one instance in MB; its share of CPU grows with it.')
  instanceMemory: (512 | 2048 | 4096)

  @description('HTTP requests that one instance serves at once; as many threads are started.')
  @minValue(1)
  @maxValue(32)
  requestsPerInstance: int

  @description('Whether instances are spread over availability zones. Two are then always running, and paid for.')
  zoneRedundant: bool
}

@export()
@description('Who is told of what, and how often somebody looks.')
type watchType = {
  @description('Where alerts are sent. Empty: they are shown in the portal only.')
  email: string

  @description('The least urgent alerts that are made, from 0, critical, to 3. Each is paid for: docs/operations.md.')
  @minValue(0)
  @maxValue(3)
  severity: int

  @description('Minutes between two looks at the logs.')
  minutes: (5 | 10 | 15)

  @description('From where the canary asks /api/health; empty for no canary. Names: "Population tags" of availability tests.')
  canaryLocations: string[]

  @description('Minutes between two questions of the canary, from each place.')
  canaryMinutes: (5 | 10 | 15)
}

@export()
@description('A category of logs of a function app. Those that tell of requests, with the address of who reads, are none of them.')
type appLogType = 'AppServiceAuditLogs' | 'AppServicePlatformLogs' | 'FunctionAppLogs'

@export()
@description('How long the audit trail\'s newest hashes are kept where nobody can change them.')
type anchorsType = {
  @description('Days for which the policy keeps each. 0: there is no such container.')
  @minValue(0)
  @maxValue(146000)
  days: int

  @description('Whether somebody locked the policy by now: then it stays as it is, and is left alone.')
  locked: bool
}

@export()
@description('Storage that is spread over zones where the app is.')
func spread(zones bool, redundancy string) string =>
  zones && !endsWith(redundancy, 'ZRS')
    ? fail('An app that is spread over zones needs storage that is: ROLLCALL_STORAGE_REDUNDANCY Standard_ZRS or Standard_GZRS.')
    : redundancy

@export()
@description('Whether a sender may choose the mode, and each recipient gets a copy in it: the ceiling lets it, and where it tells people apart by name, somebody stated what that rests on.')
func isCopied(mode string, settings settingsType) bool =>
  contains(['pseudonymous', 'anonymous'], mode)
    ? contains(['', 'pseudonymous', 'individual'], settings.?ROLLCALL_TRACKING ?? '')
    : mode == 'individual' && contains(['', 'individual'], settings.?ROLLCALL_TRACKING ?? '') && !empty(settings.?ROLLCALL_INDIVIDUAL_BASIS ?? '')

using 'main.bicep'

// What `azd up` deploys, and the way to deploy again: azd keeps each value in its environment, so that the next
// `azd provision` says the same. `azd env set ROLLCALL_ALERT_EMAIL it@contoso.com` sets one, and
// `azd env set --file infra/examples/production.env` many. infra/preflight.py refuses a name that is not here.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param resourceGroupName = readEnvironmentVariable('ROLLCALL_RESOURCE_GROUP', 'rg-rollcall-${environmentName}')
// owner=internal-communications,cost-center=4711
param tags = toObject(
  filter(split(readEnvironmentVariable('ROLLCALL_TAGS', ''), ','), one => !empty(one)),
  one => split(one, '=')[0],
  one => join(skip(split(one, '='), 1), '=')
)

param directories = split(readEnvironmentVariable('ROLLCALL_DIRECTORIES', 'graph'), ',')
param graphScopes = readEnvironmentVariable('ROLLCALL_GRAPH_SCOPES', 'Directory.Read.All User.Read.All')
param modes = split(readEnvironmentVariable('ROLLCALL_MODES', 'counting'), ',')

param registerApps = bool(readEnvironmentVariable('ROLLCALL_REGISTER_APPS', 'true'))
param registrationName = readEnvironmentVariable('ROLLCALL_REGISTRATION_NAME', '')
param backendClientId = readEnvironmentVariable('ROLLCALL_BACKEND_CLIENT_ID', '')
param addinClientId = readEnvironmentVariable('ROLLCALL_ADDIN_CLIENT_ID', '')
param credential = readEnvironmentVariable('ROLLCALL_CREDENTIAL', 'managed_identity')
param setupClientIds = filter(split(readEnvironmentVariable('ROLLCALL_SETUP_CLIENT_IDS', ''), ','), id => !empty(id))
param people = {
  admins: filter(split(readEnvironmentVariable('ROLLCALL_ADMIN_IDS', ''), ','), id => !empty(id))
  senders: filter(split(readEnvironmentVariable('ROLLCALL_SENDER_IDS', ''), ','), id => !empty(id))
  auditors: filter(split(readEnvironmentVariable('ROLLCALL_AUDITOR_IDS', ''), ','), id => !empty(id))
  operators: filter(split(readEnvironmentVariable('ROLLCALL_OPERATOR_IDS', ''), ','), id => !empty(id))
  serviceAccount: readEnvironmentVariable('ROLLCALL_SERVICE_ACCOUNT_ID', '')
}
param peopleRequired = bool(readEnvironmentVariable('ROLLCALL_PEOPLE_REQUIRED', 'false'))

param scale = {
  alwaysReady: int(readEnvironmentVariable('ROLLCALL_ALWAYS_READY', '0'))
  maximumInstances: int(readEnvironmentVariable('ROLLCALL_MAXIMUM_INSTANCES', '40'))
  instanceMemory: any(int(readEnvironmentVariable('ROLLCALL_INSTANCE_MEMORY', '2048')))
  requestsPerInstance: int(readEnvironmentVariable('ROLLCALL_REQUESTS_PER_INSTANCE', '16'))
  zoneRedundant: bool(readEnvironmentVariable('ROLLCALL_ZONE_REDUNDANT', 'false'))
}
param pythonVersion = readEnvironmentVariable('ROLLCALL_PYTHON_VERSION', '3.11')
param storageRedundancy = readEnvironmentVariable('ROLLCALL_STORAGE_REDUNDANCY', 'Standard_LRS')
param logRetention = int(readEnvironmentVariable('ROLLCALL_LOG_RETENTION', '30'))

param customDomain = readEnvironmentVariable('ROLLCALL_CUSTOM_DOMAIN', '')
param trackingApp = any(readEnvironmentVariable('ROLLCALL_TRACKING_APP', 'none'))
param trackingDomain = readEnvironmentVariable('ROLLCALL_TRACKING_DOMAIN', '')
param privateNetwork = bool(readEnvironmentVariable('ROLLCALL_PRIVATE_NETWORK', 'false'))
param networkRange = readEnvironmentVariable('ROLLCALL_NETWORK_RANGE', '10.86.0.0/24')
param openTo = filter(split(readEnvironmentVariable('ROLLCALL_OPEN_TO', ''), ','), address => !empty(address))
param lockData = bool(readEnvironmentVariable('ROLLCALL_LOCK_DATA', 'false'))
param appLogs = any(filter(split(readEnvironmentVariable('ROLLCALL_APP_LOGS', ''), ','), one => !empty(one)))
param storageAudit = bool(readEnvironmentVariable('ROLLCALL_STORAGE_AUDIT', 'false'))
param anchors = {
  days: int(readEnvironmentVariable('ROLLCALL_AUDIT_ANCHOR_DAYS', '0'))
  locked: bool(readEnvironmentVariable('ROLLCALL_AUDIT_ANCHORS_LOCKED', 'false'))
}
param watch = {
  email: readEnvironmentVariable('ROLLCALL_ALERT_EMAIL', '')
  severity: int(readEnvironmentVariable('ROLLCALL_ALERT_SEVERITY', '1'))
  minutes: any(int(readEnvironmentVariable('ROLLCALL_ALERT_MINUTES', '15')))
  canaryLocations: filter(
    split(readEnvironmentVariable('ROLLCALL_CANARY_LOCATIONS', 'emea-nl-ams-azr,us-va-ash-azr'), ','),
    place => !empty(place)
  )
  canaryMinutes: any(int(readEnvironmentVariable('ROLLCALL_CANARY_MINUTES', '15')))
}

// docs/settings.md has what each means. Those that name this deployment's own resources are the template's.
param otherSettings = {
  ROLLCALL_DYNAMIC_LISTS: readEnvironmentVariable('ROLLCALL_DYNAMIC_LISTS', '')
  ROLLCALL_AUTHORITY: readEnvironmentVariable('ROLLCALL_AUTHORITY', '')
  ROLLCALL_GRAPH_URL: readEnvironmentVariable('ROLLCALL_GRAPH_URL', '')
  ROLLCALL_EXCHANGE_URL: readEnvironmentVariable('ROLLCALL_EXCHANGE_URL', '')
  ROLLCALL_EWS_URL: readEnvironmentVariable('ROLLCALL_EWS_URL', '')
  ROLLCALL_EWS_SIGN_IN: readEnvironmentVariable('ROLLCALL_EWS_SIGN_IN', '')
  ROLLCALL_SIGNING_KEYS: readEnvironmentVariable('ROLLCALL_SIGNING_KEYS', '')
  ROLLCALL_TRACKING: readEnvironmentVariable('ROLLCALL_TRACKING', '')
  ROLLCALL_INDIVIDUAL_BASIS: readEnvironmentVariable('ROLLCALL_INDIVIDUAL_BASIS', '')
  ROLLCALL_NOTICE: readEnvironmentVariable('ROLLCALL_NOTICE', '')
  ROLLCALL_SMALLEST_GROUP: readEnvironmentVariable('ROLLCALL_SMALLEST_GROUP', '')
  ROLLCALL_PUBLISHED_AFTER: readEnvironmentVariable('ROLLCALL_PUBLISHED_AFTER', '')
  ROLLCALL_PRIVACY_CONTACT: readEnvironmentVariable('ROLLCALL_PRIVACY_CONTACT', '')
  ROLLCALL_WEBHOOK_URL: readEnvironmentVariable('ROLLCALL_WEBHOOK_URL', '')
  ROLLCALL_AUDIT_LOG: readEnvironmentVariable('ROLLCALL_AUDIT_LOG', '')
  ROLLCALL_AUDIT_ANCHORS_URL: readEnvironmentVariable('ROLLCALL_AUDIT_ANCHORS_URL', '')
  ROLLCALL_PROGRAMS: readEnvironmentVariable('ROLLCALL_PROGRAMS', '')
  // One line each, made by `dev.py agreement sign`: docs/agreement.md.
  ROLLCALL_AGREEMENT: readEnvironmentVariable('ROLLCALL_AGREEMENT', '')
  ROLLCALL_AGREEMENT_KEY: readEnvironmentVariable('ROLLCALL_AGREEMENT_KEY', '')
  ROLLCALL_BY_LIST: readEnvironmentVariable('ROLLCALL_BY_LIST', '')
  ROLLCALL_COPIES_LIMIT: readEnvironmentVariable('ROLLCALL_COPIES_LIMIT', '')
  ROLLCALL_COPIES_PER_MINUTE: readEnvironmentVariable('ROLLCALL_COPIES_PER_MINUTE', '')
  ROLLCALL_COPIES_UNDO: readEnvironmentVariable('ROLLCALL_COPIES_UNDO', '')
  ROLLCALL_SEND_FROM_PANE: readEnvironmentVariable('ROLLCALL_SEND_FROM_PANE', '')
  ROLLCALL_NAMES: readEnvironmentVariable('ROLLCALL_NAMES', '')
  ROLLCALL_MAIL_TIPS: readEnvironmentVariable('ROLLCALL_MAIL_TIPS', '')
  ROLLCALL_OFFICE_JS_URL: readEnvironmentVariable('ROLLCALL_OFFICE_JS_URL', '')
  ROLLCALL_OUTLOOK_ORIGINS: readEnvironmentVariable('ROLLCALL_OUTLOOK_ORIGINS', '')
  ROLLCALL_ALLOW_LISTS: readEnvironmentVariable('ROLLCALL_ALLOW_LISTS', '')
  ROLLCALL_DENY_LISTS: readEnvironmentVariable('ROLLCALL_DENY_LISTS', '')
  ROLLCALL_ALLOW_HOSTS: readEnvironmentVariable('ROLLCALL_ALLOW_HOSTS', '')
  ROLLCALL_DENY_HOSTS: readEnvironmentVariable('ROLLCALL_DENY_HOSTS', '')
  ROLLCALL_PURPOSES: readEnvironmentVariable('ROLLCALL_PURPOSES', '')
  ROLLCALL_TEAMS: readEnvironmentVariable('ROLLCALL_TEAMS', '')
  ROLLCALL_FLUSH_SPACING: readEnvironmentVariable('ROLLCALL_FLUSH_SPACING', '')
  ROLLCALL_READER_DEADLINE: readEnvironmentVariable('ROLLCALL_READER_DEADLINE', '')
  ROLLCALL_PROXIES: readEnvironmentVariable('ROLLCALL_PROXIES', '')
  ROLLCALL_PEOPLE_NETWORKS: readEnvironmentVariable('ROLLCALL_PEOPLE_NETWORKS', '')
  ROLLCALL_SCANNER_NETWORKS: readEnvironmentVariable('ROLLCALL_SCANNER_NETWORKS', '')
  ROLLCALL_EVENTS_KEPT: readEnvironmentVariable('ROLLCALL_EVENTS_KEPT', '')
  ROLLCALL_MESSAGES_KEPT: readEnvironmentVariable('ROLLCALL_MESSAGES_KEPT', '')
  ROLLCALL_AUDIT_KEPT: readEnvironmentVariable('ROLLCALL_AUDIT_KEPT', '')
  ROLLCALL_MAX_ADDRESSES: readEnvironmentVariable('ROLLCALL_MAX_ADDRESSES', '')
  ROLLCALL_EXPANSIONS_PER_MINUTE: readEnvironmentVariable('ROLLCALL_EXPANSIONS_PER_MINUTE', '')
  ROLLCALL_MAX_DEPTH: readEnvironmentVariable('ROLLCALL_MAX_DEPTH', '')
  ROLLCALL_MAX_LISTS: readEnvironmentVariable('ROLLCALL_MAX_LISTS', '')
  ROLLCALL_MAX_RECIPIENTS: readEnvironmentVariable('ROLLCALL_MAX_RECIPIENTS', '')
  ROLLCALL_LARGE_LIST: readEnvironmentVariable('ROLLCALL_LARGE_LIST', '')
  ROLLCALL_DAILY_RECIPIENTS: readEnvironmentVariable('ROLLCALL_DAILY_RECIPIENTS', '')
  ROLLCALL_CONCURRENCY: readEnvironmentVariable('ROLLCALL_CONCURRENCY', '')
  ROLLCALL_REQUEST_TIMEOUT: readEnvironmentVariable('ROLLCALL_REQUEST_TIMEOUT', '')
  ROLLCALL_EXCHANGE_TIMEOUT: readEnvironmentVariable('ROLLCALL_EXCHANGE_TIMEOUT', '')
  ROLLCALL_THROTTLE_LIMIT: readEnvironmentVariable('ROLLCALL_THROTTLE_LIMIT', '')
  ROLLCALL_EXPANSION_LIMIT: readEnvironmentVariable('ROLLCALL_EXPANSION_LIMIT', '')
  ROLLCALL_EXPANSION_LIFETIME: readEnvironmentVariable('ROLLCALL_EXPANSION_LIFETIME', '')
  ROLLCALL_RECHECK_AFTER: readEnvironmentVariable('ROLLCALL_RECHECK_AFTER', '')
  ROLLCALL_CANARY_LIST: readEnvironmentVariable('ROLLCALL_CANARY_LIST', '')
}

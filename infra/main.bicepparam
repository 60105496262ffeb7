using 'main.bicep'

// What `azd up` deploys. azd keeps each value in its environment: `azd env set ROLLCALL_ALERT_EMAIL it@contoso.com`.
// Other environments, with all their values in one file, are in examples/.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param directories = split(readEnvironmentVariable('ROLLCALL_DIRECTORIES', 'graph'), ',')
param graphScopes = readEnvironmentVariable('ROLLCALL_GRAPH_SCOPES', 'Directory.Read.All User.Read.All')
param modes = split(readEnvironmentVariable('ROLLCALL_MODES', 'overall'), ',')
param credential = readEnvironmentVariable('ROLLCALL_CREDENTIAL', 'managed_identity')
param registerApps = bool(readEnvironmentVariable('ROLLCALL_REGISTER_APPS', 'true'))
param backendClientId = readEnvironmentVariable('ROLLCALL_BACKEND_CLIENT_ID', '')
param addinClientId = readEnvironmentVariable('ROLLCALL_ADDIN_CLIENT_ID', '')
param serviceAccountId = readEnvironmentVariable('ROLLCALL_SERVICE_ACCOUNT_ID', '')
param adminIds = filter(split(readEnvironmentVariable('ROLLCALL_ADMIN_IDS', ''), ','), id => !empty(id))
param senderIds = filter(split(readEnvironmentVariable('ROLLCALL_SENDER_IDS', ''), ','), id => !empty(id))
param setupClientIds = filter(split(readEnvironmentVariable('ROLLCALL_SETUP_CLIENT_IDS', ''), ','), id => !empty(id))
param alertEmail = readEnvironmentVariable('ROLLCALL_ALERT_EMAIL', '')
param customDomain = readEnvironmentVariable('ROLLCALL_CUSTOM_DOMAIN', '')

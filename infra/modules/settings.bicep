import { cloudType, settingsType } from 'types.bicep'

@description('The function app\'s name.')
param siteName string

@description('The identity that the app runs as.')
param identityName string

@description('What the app answers: everything, or tracking.')
param role string

@description('The Application Insights resource\'s name.')
param insightsName string

@description('The storage account: tables, and a queue for events that found no room in time.')
param storageName string

@description('The storage account that the host itself keeps blobs in.')
param hostStorageName string

@description('The vault.')
param vaultName string

@description('The origin of the add-in, the pages and the sign-in callback.')
param publicUrl string

@description('The origin in tracking links.')
param trackingUrl string

@description('This cloud\'s entry of clouds.json.')
param cloud cloudType

@description('The backend\'s app registration.')
param backendClientId string

@description('The clients that may call the API.')
param callerClientIds string[]

@description('The directories that are read.')
param directories string[]

@description('The delegated Microsoft Graph permissions.')
param graphScopes string

@description('How mails may be tracked.')
param modes string[]

@description('How the backend proves itself to Entra.')
param credential string

@description('HTTP requests that one instance serves at once.')
param requestsPerInstance int

@description('Whether the audit trail\'s newest hashes go into a container of their own.')
param anchored bool

@description('Further ROLLCALL_ settings, by name; an empty one keeps its default.')
param otherSettings settingsType

// The endpoints that Azure gives an account and a vault of these names.
var blobsUrl = 'https://${hostStorageName}.blob.${environment().suffixes.storage}/'
var queuesUrl = 'https://${storageName}.queue.${environment().suffixes.storage}/'
var tablesUrl = 'https://${storageName}.table.${environment().suffixes.storage}/'
var vaultUrl = 'https://${vaultName}${environment().suffixes.keyvaultDns}/'

// Names and meanings are those of shared/settings.py. What is not here has a default that is right in Azure.
var rollcall = {
  ROLLCALL_ROLE: role
  ROLLCALL_TENANT_ID: tenant().tenantId
  ROLLCALL_CLIENT_ID: backendClientId
  ROLLCALL_ADDIN_CLIENT_IDS: join(filter(callerClientIds, id => !empty(id)), ',')
  ROLLCALL_DIRECTORIES: join(directories, ',')
  ROLLCALL_GRAPH_SCOPES: graphScopes
  ROLLCALL_AUTHORITY: cloud.login
  ROLLCALL_GRAPH_URL: '${cloud.graph}/v1.0'
  ROLLCALL_EXCHANGE_URL: '${cloud.exchange}/adminapi/v2.0'
  ROLLCALL_EWS_URL: '${cloud.exchange}/EWS/Exchange.asmx'
  ROLLCALL_KEY_VAULT_URL: vaultUrl
  ROLLCALL_CREDENTIAL: credential
  ROLLCALL_TABLES_URL: tablesUrl
  ROLLCALL_QUEUES_URL: queuesUrl
  ROLLCALL_AUDIT_ANCHORS_URL: anchored && role == 'everything' ? '${blobsUrl}audit-anchors' : ''
  ROLLCALL_PUBLIC_URL: publicUrl
  ROLLCALL_TRACKING_URL: trackingUrl
  ROLLCALL_MODES: join(modes, ',')
  ROLLCALL_OFFICE_JS_URL: cloud.officeJs
  ROLLCALL_OUTLOOK_ORIGINS: cloud.outlook
}

var platform = {
  // The host's own storage, by identity. A timer needs blobs only, so it is told of nothing else.
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  AzureWebJobsStorage__blobServiceUri: blobsUrl
  // Which identity the Azure libraries take; there could be several.
  AZURE_CLIENT_ID: identity.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
  // A visitor of the bare host name need not learn what runs here.
  AzureWebJobsDisableHomepage: 'true'
  // A thread for each request that the instance is given at once. The platform would take 1,000 (the worker alone
  // min(32, cores + 4)), which finish no walk sooner and take more memory; with fewer, short requests wait behind walks.
  // docs/operations.md, Threads and memory, has the figures.
  PYTHON_THREADPOOL_THREAD_COUNT: string(requestsPerInstance)
  // Twice what the code accepts, so that its own answer is heard up to there; what is larger fills no memory:
  // docs/decisions/a-body-is-refused-by-the-host.md.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2097152'
}

// A variable of azd that nobody set comes as an empty one.
var chosen = toObject(filter(items(otherSettings), one => !empty(one.value)), one => one.key, one => one.value)

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: siteName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// Replaces all settings: one that somebody set by hand is gone after a deployment, so it belongs into otherSettings.
resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: union(rollcall, chosen, platform)
}

targetScope = 'subscription'

metadata name = 'Rollcall'
metadata description = 'Everything Rollcall needs in one resource group, and its app registrations. docs/setup.md says how to use it.'

// Where.

@description('Tells this deployment from others; part of every name. azd fills it in.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('The Azure region. It must offer the Flex Consumption plan: az functionapp list-flexconsumption-locations.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string

@description('The resource group, which is created. It should hold nothing but Rollcall.')
@minLength(1)
@maxLength(90)
param resourceGroupName string = 'rg-rollcall-${environmentName}'

@description('Tags for every resource.')
param tags object = {}

// Whose lists.

@description('The directories that are read: `graph` always; `exchange` and `ews` need a word in Exchange first: docs/setup.md.')
@minLength(1)
param directories ('graph' | 'exchange' | 'ews')[] = ['graph']

@description('The delegated Microsoft Graph permissions. The second set is the narrower one.')
@allowed([
  'Directory.Read.All User.Read.All'
  'GroupMember.Read.All User.Read.All OrgContact.Read.All'
])
param graphScopes string = 'Directory.Read.All User.Read.All'

@description('How mails may be tracked: `overall` always. With `individual` or `anonymous` the sender\'s own Outlook sends each recipient a copy, for which the add-in may send mail as its user: docs/security.md.')
@minLength(1)
param modes ('overall' | 'individual' | 'anonymous')[] = ['overall']

// Who may do what.

@description('Whether the app registrations are made here. Where the tenant forbids that, infra/entra/register.py makes them.')
param registerApps bool = true

@description('The backend\'s app registration (client id), when it is not made here.')
param backendClientId string = ''

@description('The add-in\'s app registration (client id), when it is not made here.')
param addinClientId string = ''

@description('Object id of the service account. It alone is granted the delegated permissions. Empty: consent is given by hand.')
param serviceAccountId string = ''

@description('Object ids of the people and groups who are Rollcall admins.')
param adminIds string[] = []

@description('Object ids of the people and groups who may count recipients and send.')
param senderIds string[] = []

@description('Further clients that may call the API; the Azure CLI, say, with which an admin connects the service account.')
param setupClientIds string[] = []

@description('How the backend proves itself to Entra: without any secret, or with one that an admin puts into Key Vault.')
@allowed(['managed_identity', 'secret', 'certificate'])
param credential string = 'managed_identity'

// How large.

@description('Instances that are always running. One spares the first caller of the morning the wait for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReady int = 0

@description('The most instances that may run at once.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of one instance in MB; its share of CPU grows with it.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('HTTP requests that one instance serves at once; as many threads are started.')
@minValue(1)
@maxValue(32)
param requestsPerInstance int = 16

@description('How the stored data is replicated. Zone-redundant storage outlives the loss of a data centre.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_LRS'

@description('Whether the app\'s instances are spread over availability zones, where the region has them.')
param zoneRedundant bool = false

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logRetention int = 30

@description('Further ROLLCALL_ settings, by name; docs/settings.md lists them.')
param otherSettings object = {}

// How it is reached and guarded.

@description('The host name in tracking links, for instance mail.contoso.com. Its DNS records come first: docs/setup.md.')
@maxLength(253)
param customDomain string = ''

@description('Whether storage and Key Vault are reached through a private network only.')
param privateNetwork bool = false

@description('The private network\'s address range. /24 is enough.')
param networkRange string = '10.86.0.0/24'

@description('Whether storage and Key Vault are locked against deletion.')
param lockData bool = false

@description('Where alerts are sent. Empty: they are shown in the portal only.')
param alertEmail string = ''

@description('From where the canary asks /api/health; empty for no canary. Names: "Population tags" of availability tests.')
param canaryLocations string[] = ['emea-nl-ams-azr', 'us-va-ash-azr', 'apac-sg-sin-azr']

// Names are short enough for the strictest of each kind, and unique in the world where they must be.
var token = uniqueString(subscription().id, environmentName, location)
var label = toLower(replace(replace(environmentName, '_', '-'), '.', '-'))
var cloud = loadJsonContent('clouds.json')[environment().name]
var allTags = union(tags, { 'azd-env-name': environmentName })
var publicUrl = 'https://${empty(customDomain) ? functionApp.outputs.hostName : customDomain}'

// The container of all the rest.
resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

// Who the function app is, towards everything else.
module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-rollcall-${token}', location: location, tags: allTags }
}

// Logs, and what is made of them.
module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { name: 'rollcall-${token}', location: location, tags: allTags, retention: logRetention }
}

// Tables, queues and the deployed package.
module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'rollcall${token}'
    location: location
    tags: allTags
    redundancy: storageRedundancy
    publicAccess: !privateNetwork
    lock: lockData
  }
}

// The service account's sign-in, and the backend's own credential if it needs one.
module vault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'rollcall-${token}'
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    publicAccess: !privateNetwork
    lock: lockData
  }
}

// What the function app's identity may do.
module grants 'modules/grants.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

// The network, where storage and vault are hidden from the internet.
module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    name: 'rollcall-${token}'
    location: location
    tags: allTags
    range: networkRange
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
  }
}

// The plan and the function app. Its package is fetched with the identity, so the grants come first.
module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'rollcall-${label}-${token}'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    packageContainer: storage.outputs.packageContainer
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    alwaysReady: alwaysReady
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    requestsPerInstance: requestsPerInstance
    zoneRedundant: zoneRedundant
  }
  dependsOn: [grants]
}

// The certificate of the host name in tracking links.
module domain 'modules/custom-domain.bicep' = if (!empty(customDomain)) {
  scope: group
  params: { siteName: functionApp.outputs.name, location: location, domain: customDomain }
}

// The backend and the add-in, as Entra knows them.
module apps 'entra/apps.bicep' = if (registerApps) {
  scope: group
  params: {
    name: 'rollcall-${label}'
    publicUrl: publicUrl
    identityPrincipalId: identity.outputs.principalId
    login: cloud.login
    federation: cloud.federation
    directories: directories
    graphScopes: graphScopes
    sendsCopies: contains(modes, 'individual') || contains(modes, 'anonymous')
    serviceAccountId: serviceAccountId
    adminIds: adminIds
    senderIds: senderIds
    setupClientIds: setupClientIds
  }
}

// What the code reads from its environment.
module settings 'modules/settings.bicep' = {
  scope: group
  params: {
    siteName: functionApp.outputs.name
    identityClientId: identity.outputs.clientId
    insightsName: monitoring.outputs.insightsName
    blobsUrl: storage.outputs.blobsUrl
    tablesUrl: storage.outputs.tablesUrl
    queuesUrl: storage.outputs.queuesUrl
    vaultUrl: vault.outputs.url
    publicUrl: publicUrl
    cloud: cloud
    backendClientId: registerApps ? apps!.outputs.backendClientId : backendClientId
    callerClientIds: concat([registerApps ? apps!.outputs.addinClientId : addinClientId], setupClientIds)
    directories: directories
    graphScopes: graphScopes
    modes: modes
    credential: credential
    requestsPerInstance: requestsPerInstance
    otherSettings: otherSettings
  }
}

// What an operator is told, and shown.
module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    name: 'rollcall-${label}'
    location: location
    tags: allTags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
    healthUrl: '${publicUrl}/api/health'
    canaryLocations: canaryLocations
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: { name: 'Rollcall ${environmentName}', location: location, tags: allTags, insightsId: monitoring.outputs.insightsId }
}

// What the next step needs: docs/setup.md.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = functionApp.outputs.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output ROLLCALL_PUBLIC_URL string = publicUrl
output ROLLCALL_CLIENT_ID string = registerApps ? apps!.outputs.backendClientId : backendClientId
output ROLLCALL_ADDIN_CLIENT_ID string = registerApps ? apps!.outputs.addinClientId : addinClientId
output ROLLCALL_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output ROLLCALL_DOMAIN_VERIFICATION string = functionApp.outputs.domainVerification

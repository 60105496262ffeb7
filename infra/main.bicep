targetScope = 'subscription'

metadata name = 'Rollcall'
metadata description = 'Everything Rollcall needs in one resource group, and its app registrations. docs/setup.md says how to use it.'

import { anchorsType, cloudType, isCopied, peopleType, scaleType, settingsType, spread, tagsType, watchType } from 'modules/types.bicep'

// Where. main.bicepparam has a variable of azd for each parameter.
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
param tags tagsType = {}

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
@description('How mails may be tracked: `counting` always. With `individual` or `pseudonymous` the sender\'s own Outlook sends each recipient a copy, for which the add-in may send mail as its user: docs/security.md. `overall` and `anonymous` are what `counting` and `pseudonymous` were called before.')
@minLength(1)
param modes ('counting' | 'pseudonymous' | 'individual' | 'overall' | 'anonymous')[] = ['counting']

// Who may do what.
@description('Whether the app registrations are made here. Where the tenant forbids that, infra/entra/register.py makes them.')
param registerApps bool = true
@description('The beginning of the registrations\' unique names in the tenant. Empty: made of the environment and the subscription.')
@maxLength(100)
param registrationName string = ''
@description('The backend\'s app registration (client id), when it is not made here.')
param backendClientId string = ''
@description('The add-in\'s app registration (client id), when it is not made here.')
param addinClientId string = ''
@description('The people.')
param people peopleType = { admins: [], senders: [], auditors: [], operators: [], serviceAccount: '' }
@description('Whether a deployment without admins, senders and a service account is refused.')
param peopleRequired bool = false
@description('Further clients that may call the API; the Azure CLI, say, with which an admin connects the service account.')
param setupClientIds string[] = []
@description('How the backend proves itself to Entra: without any secret, or with one that an admin puts into Key Vault.')
@allowed(['managed_identity', 'secret', 'certificate'])
param credential string = 'managed_identity'

// How large.
@description('Instances, memory, zones.')
param scale scaleType = {
  alwaysReady: 0
  maximumInstances: 40
  instanceMemory: 2048
  requestsPerInstance: 16
  zoneRedundant: false
}
@description('The Python that the app runs on. Build the package with the same, so that a cold start compiles nothing.')
param pythonVersion ('3.11' | '3.12' | '3.13') = '3.11'
@description('How the stored data is replicated. Zone-redundant storage outlives the loss of a data centre.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_LRS'
@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logRetention int = 30
@description('Further ROLLCALL_ settings, by name; docs/settings.md lists them. One that is empty keeps its default.')
param otherSettings settingsType = {}

// How it is reached and guarded.
@description('The host name in tracking links, for instance mail.contoso.com. The app knows it already: docs/setup.md.')
@maxLength(253)
param customDomain string = ''
@description('Whether readers of mails are answered by an app of their own: `ready` makes it, `used` has new mails lead to it. docs/operations.md says from when on.')
param trackingApp ('none' | 'ready' | 'used') = 'none'
@description('The host name of that app in tracking links; it knows it already, as with `customDomain`.')
@maxLength(253)
param trackingDomain string = ''
@description('Whether storage and Key Vault are reached through a private network only.')
param privateNetwork bool = false
@description('The private network\'s address range. /24 is enough.')
param networkRange string = '10.86.0.0/24'
@description('Public IPv4 addresses that may reach storage and Key Vault nevertheless: an operator\'s, while a runbook is done.')
param openTo string[] = []
@description('Whether storage and Key Vault are locked against deletion.')
param lockData bool = false
@description('Whether every read, write and deletion in storage is logged, the app\'s own too. It is paid for by volume.')
param storageAudit bool = false
@description('What the platform logs of the app besides. One that it does not offer fails the deployment: docs/operations.md.')
param appLogs ('AppServiceAuditLogs' | 'AppServicePlatformLogs' | 'FunctionAppLogs')[] = []
@description('The audit trail\'s newest hashes, where nobody can change them: docs/operations.md.')
param anchors anchorsType = { days: 0, locked: false }
@description('Alerts and the canary.')
param watch watchType = {
  email: ''
  severity: 1
  minutes: 15
  canaryLocations: ['emea-nl-ams-azr', 'us-va-ash-azr']
  canaryMinutes: 15
}

// Short and unique enough for the strictest of each kind, and all known beforehand, so that a preview tells everything.
var token = uniqueString(subscription().id, environmentName, location)
var label = toLower(replace(replace(environmentName, '_', '-'), '.', '-'))
var appName = 'rollcall-${label}-${token}'
var identityName = 'id-rollcall-${token}'
var monitoringName = 'rollcall-${token}'
var storageName = 'rollcall${token}'
var vaultName = 'rollcall-${token}'
var registrations = empty(registrationName) ? appName : registrationName

var cloud cloudType = loadJsonContent('clouds.json')[environment().name]
var allTags = union(tags, { 'azd-env-name': environmentName })
// The same package, once for everything, and once more for those who only read mails, where that is wanted.
var everything = { name: appName, identity: identityName, service: 'api', role: 'everything', domain: customDomain }
var readers = {
  name: 'tracking-${label}-${token}'
  identity: 'id-tracking-${token}'
  service: 'tracking'
  role: 'tracking'
  domain: trackingDomain
}
var sites = concat([everything], trackingApp == 'none' ? [] : [readers])
var trackingStorageName = trackingApp == 'none' ? '' : 'rolltrack${token}'
var publicUrl = 'https://${empty(customDomain) ? functionApp[0].outputs.hostName : customDomain}'
var readersHost = trackingApp == 'none' ? '' : functionApp[1].outputs.hostName
var trackingUrl = trackingApp == 'used' ? 'https://${empty(trackingDomain) ? readersHost : trackingDomain}' : publicUrl
var addinId = registerApps ? apps!.outputs.addinClientId : addinClientId
var backendId = registerApps ? apps!.outputs.backendClientId : backendClientId

// What does not go together is refused before anything is made.
var everybody = peopleRequired && (empty(people.admins) || empty(people.senders) || empty(people.serviceAccount))
  ? fail('Nobody could use this: set ROLLCALL_ADMIN_IDS, ROLLCALL_SENDER_IDS and ROLLCALL_SERVICE_ACCOUNT_ID.')
  : people
var registered = registerApps || !(empty(backendClientId) || empty(addinClientId))
  ? registerApps
  : fail('Without registrations of its own it needs ROLLCALL_BACKEND_CLIENT_ID and ROLLCALL_ADDIN_CLIENT_ID.')

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

// Who a function app is, towards everything else.
module identity 'modules/identity.bicep' = [
  for site in sites: {
    scope: group
    params: { name: site.identity, location: location, tags: allTags }
  }
]

// Logs, and what is made of them.
module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { name: monitoringName, location: location, tags: allTags, retention: logRetention, appLogs: appLogs }
}

// What is kept, and who may read and write it.
module data 'modules/data.bicep' = {
  scope: group
  params: {
    storageName: storageName
    trackingStorageName: trackingStorageName
    vaultName: vaultName
    networkName: 'rollcall-${token}'
    location: location
    tags: allTags
    redundancy: spread(scale.zoneRedundant, storageRedundancy)
    privateNetwork: privateNetwork
    networkRange: networkRange
    openTo: openTo
    lock: lockData
    audit: storageAudit
    anchors: anchors
    monitoringName: monitoringName
    identityNames: map(sites, site => site.identity)
    operatorIds: everybody.operators
  }
  dependsOn: [identity, monitoring]
}

// Each app with its plan and a host name of one's own. Its package is fetched with the identity, so the grants come first.
module functionApp 'modules/function-app.bicep' = [
  for (site, i) in sites: {
    scope: group
    params: {
      name: site.name
      location: location
      tags: allTags
      service: site.service
      identityName: site.identity
      packageContainer: data.outputs.packageContainers[i]
      subnetId: data.outputs.subnetIds[i]
      scale: scale
      pythonVersion: pythonVersion
      domain: site.domain
      workspaceName: monitoringName
      logs: appLogs
    }
  }
]

// The backend and the add-in, as Entra knows them.
module apps 'entra/apps.bicep' = if (registered) {
  scope: group
  params: {
    name: registrations
    publicUrl: publicUrl
    identityPrincipalId: identity[0].outputs.principalId
    cloud: cloud
    directories: directories
    graphScopes: graphScopes
    sendsCopies: !empty(filter(modes, mode => isCopied(mode, otherSettings)))
    readsTips: otherSettings.?ROLLCALL_MAIL_TIPS == 'yes'
    people: everybody
    setupClientIds: setupClientIds
  }
}

// What the code reads from its environment.
module settings 'modules/settings.bicep' = [
  for (site, i) in sites: {
    scope: group
    params: {
      siteName: site.name
      identityName: site.identity
      role: site.role
      insightsName: monitoringName
      storageName: storageName
      hostStorageName: i == 0 ? storageName : trackingStorageName
      vaultName: vaultName
      publicUrl: publicUrl
      trackingUrl: trackingUrl
      cloud: cloud
      backendClientId: backendId
      callerClientIds: concat([addinId], setupClientIds)
      directories: directories
      graphScopes: graphScopes
      modes: modes
      credential: credential
      requestsPerInstance: scale.requestsPerInstance
      anchored: anchors.days > 0
      otherSettings: otherSettings
    }
    dependsOn: [functionApp]
  }
]

// What an operator is told, and shown.
module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    name: 'rollcall-${label}'
    location: location
    tags: allTags
    watch: watch
    monitoringName: monitoringName
    storageName: storageName
    vaultName: vaultName
    healthUrl: '${publicUrl}/api/health'
    hasReaders: trackingApp != 'none'
    readersUrl: 'https://${readersHost}/p'
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: { name: 'Rollcall ${environmentName}', location: location, tags: allTags, insightsName: monitoringName }
  dependsOn: [monitoring]
}

// What the next step needs: docs/setup.md.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = appName
output AZURE_KEY_VAULT_NAME string = vaultName
output AZURE_STORAGE_ACCOUNT_NAME string = storageName
output ROLLCALL_PUBLIC_URL string = publicUrl
output ROLLCALL_HOST_NAME string = functionApp[0].outputs.hostName
output ROLLCALL_REGISTRATION_NAME string = registrations
output ROLLCALL_CLIENT_ID string = backendId
output ROLLCALL_ADDIN_CLIENT_ID string = addinId
output ROLLCALL_IDENTITY_PRINCIPAL_ID string = identity[0].outputs.principalId
output ROLLCALL_DOMAIN_VERIFICATION string = functionApp[0].outputs.domainVerification
output ROLLCALL_TRACKING_APP_NAME string = trackingApp == 'none' ? '' : readers.name
output ROLLCALL_TRACKING_HOST_NAME string = readersHost
output ROLLCALL_TRACKING_APP_MADE string = trackingApp == 'none' ? 'false' : 'true'

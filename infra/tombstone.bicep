metadata name = 'Rollcall\'s tombstone'
metadata description = 'Keeps the links of delivered mails alive where Rollcall was taken away. docs/operations.md, Leaving, says how to use it.'

import { scaleType } from 'modules/types.bicep'

@description('The app\'s name; the first part of its host name. Links lead to the host name that Rollcall had.')
@minLength(2)
@maxLength(55)
param name string

@description('The Azure region. For a host name of Azure\'s the one in which Rollcall was.')
param location string = resourceGroup().location

@description('The secret rollcall-signing-keys, as Rollcall left it.')
@secure()
param signingKeys string

@description('Where no link leads: ROLLCALL_DENY_HOSTS, as Rollcall had it.')
param denyHosts string = ''

@description('The Python that it runs on.')
@allowed(['3.11', '3.12', '3.13'])
param pythonVersion string = '3.11'

var storageName = take('tomb${uniqueString(resourceGroup().id, name)}', 24)
var scale scaleType = {
  maximumInstances: 40
  instanceMemory: 512
  requestsPerInstance: 16
  alwaysReady: 0
  zoneRedundant: false
}

module identity 'modules/identity.bicep' = {
  params: { name: 'id-${name}', location: location, tags: {} }
}

// The package, and the host's own locks. No table, no queue: nothing is recorded.
resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = {
      name: 'packages'
      properties: { publicAccess: 'None' }
    }
  }
}

// Storage Blob Data Owner: the host keeps its locks, and starts from the package.
resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, name, 'blobs')
  scope: account
  properties: {
    principalId: identity.outputs.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
    )
  }
}

module functionApp 'modules/function-app.bicep' = {
  params: {
    name: name
    location: location
    tags: {}
    service: 'tombstone'
    identityName: 'id-${name}'
    packageContainer: '${account.properties.primaryEndpoints.blob}packages'
    subnetId: ''
    scale: scale
    pythonVersion: pythonVersion
    domain: ''
    workspaceName: ''
    logs: []
  }
  dependsOn: [account::blobs::container, grant]
}

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: name
}

resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: site
  name: 'appsettings'
  properties: {
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.outputs.clientId
    AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
    AzureWebJobsDisableHomepage: 'true'
    ROLLCALL_SIGNING_KEYS: signingKeys
    ROLLCALL_DENY_HOSTS: denyHosts
  }
  dependsOn: [functionApp]
}

output hostName string = functionApp.outputs.hostName

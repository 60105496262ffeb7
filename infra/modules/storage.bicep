@description('The account\'s name.')
@minLength(3)
@maxLength(24)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags object

@description('How the data is replicated.')
param redundancy string

@description('Whether the account can be reached from the internet, by those who hold a role.')
param publicAccess bool

@description('Whether the account is locked against deletion.')
param lock bool

// The code creates what is missing; these are there from the start.
var tables = ['Audit', 'Canary', 'Claims', 'ExpansionParts', 'Expansions', 'Journal', 'MessageParts', 'MessageReaders', 'Messages', 'OptOuts', 'SignIns', 'Summaries', 'SummaryParts']
var queues = ['rollcall-overflow']

var packages = 'packages'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: publicAccess ? 'Allow' : 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // An earlier package is an earlier version of the same blob: what a rollback needs.
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource container 'containers' = {
      name: packages
      properties: { publicAccess: 'None' }
    }
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [for table in tables: { name: table }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for queue in queues: { name: queue }]
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'old-packages'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${packages}/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 90 } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource guard 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: account
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: 'Holds Rollcall\'s data.' }
}

output id string = account.id
output name string = account.name
output blobsUrl string = account.properties.primaryEndpoints.blob
output tablesUrl string = account.properties.primaryEndpoints.table
output queuesUrl string = account.properties.primaryEndpoints.queue
output packageContainer string = '${account.properties.primaryEndpoints.blob}${packages}'

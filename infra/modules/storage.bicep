import { tagsType } from 'types.bicep'

@description('The account\'s name.')
@minLength(3)
@maxLength(24)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('How the data is replicated.')
param redundancy string

@description('Whether it is reached through a private network only.')
param private bool

@description('Public addresses that may reach it nevertheless.')
param openTo string[]

@description('Whether the account is locked against deletion.')
param lock bool

@description('The workspace that keeps who read, wrote and deleted what; empty for none.')
param workspaceName string

@description('Whether tables and queues are here, or nothing but what a function host keeps for itself.')
param holdsData bool

// The code creates what is missing; these are there from the start.
var tables = [
  'Amendments'
  'Audit'
  'Calendar'
  'Agreement'
  'Notifications'
  'Canary'
  'Claims'
  'ExpansionParts'
  'Expansions'
  'Journal'
  'MessageList'
  'Months'
  'MessageParts'
  'MessageReaders'
  'Messages'
  'OptOuts'
  'Consents'
  'SignIns'
  'Summaries'
  'SummaryParts'
]
var queues = ['rollcall-overflow']

var packages = 'packages'

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
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
    isLocalUserEnabled: false
    // Encrypted twice, tables and queues too. It cannot be switched on later.
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: { blob: { keyType: 'Account' }, queue: { keyType: 'Account' }, table: { keyType: 'Account' } }
    }
    // Not private means: to be reached from the internet, by those who hold a role.
    publicNetworkAccess: private && empty(openTo) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      bypass: 'None'
      ipRules: [for address in openTo: { value: address, action: 'Allow' }]
    }
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

    resource table 'tables' = [for table in holdsData ? tables : []: { name: table }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for queue in holdsData ? queues : []: { name: queue }]
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

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = if (!empty(workspaceName)) {
  name: workspaceName
}

var audited = [{ categoryGroup: 'audit', enabled: true }]

// The newer version is a preview for years now; the older one knows no groups of categories.
#disable-next-line use-recent-api-versions
resource blobAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceName)) {
  scope: account::blobs
  name: 'audit'
  properties: { workspaceId: workspace.id, logs: audited }
}

#disable-next-line use-recent-api-versions
resource queueAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceName)) {
  scope: account::queueService
  name: 'audit'
  properties: { workspaceId: workspace.id, logs: audited }
}

#disable-next-line use-recent-api-versions
resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceName)) {
  scope: account::tableService
  name: 'audit'
  properties: { workspaceId: workspace.id, logs: audited }
}

resource guard 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: account
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: 'Holds Rollcall\'s data.' }
}

output packageContainer string = 'https://${name}.blob.${environment().suffixes.storage}/${packages}'

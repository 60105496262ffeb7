@description('The identity of the app that answers readers.')
param identityName string

@description('The storage account with what is recorded.')
param storageName string

@description('The storage account of that app\'s own host.')
param hostStorageName string

@description('The vault.')
param vaultName string

@description('The Application Insights resource\'s name.')
param insightsName string

// Whoever breaks into what answers anybody finds no sign-in, no list, and no package of the other app.
// Role ids: "Azure built-in roles".
var writes = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var reads = '76199698-9eea-4c19-bc75-cec21354c6b6'
var onTables = [
  { table: 'Journal', role: writes, why: 'Storage Table Data Contributor: stores opens and clicks' }
  { table: 'OptOuts', role: writes, why: 'Storage Table Data Contributor: knows and takes objections' }
  { table: 'Audit', role: writes, why: 'Storage Table Data Contributor: records an objection' }
  { table: 'Amendments', role: reads, why: 'Storage Table Data Reader: links that were withdrawn or corrected' }
  { table: 'Consents', role: reads, why: 'Storage Table Data Reader: who said yes to being told apart' }
  { table: 'Messages', role: reads, why: 'Storage Table Data Reader: whether a mail was sent, before somebody objects' }
  { table: 'MessageParts', role: reads, why: 'Storage Table Data Reader: whose a mail is, by which it is found' }
]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: storageName

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = [for one in onTables: { name: one.table }]
  }

  resource queueService 'queueServices' existing = {
    name: 'default'

    resource overflow 'queues' existing = { name: 'rollcall-overflow' }
  }
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: hostStorageName
}

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName

  resource signingKeys 'secrets' existing = { name: 'rollcall-signing-keys' }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource tableGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (one, i) in onTables: {
    scope: storage::tableService::table[i]
    name: guid(storage::tableService::table[i].id, identity.id, one.role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', one.role)
      description: one.why
    }
  }
]

var onQueue = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'

resource queueGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage::queueService::overflow
  name: guid(storage::queueService::overflow.id, identity.id, onQueue)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', onQueue)
    description: 'Storage Queue Data Message Sender: events that tables would not take'
  }
}

var onHostStorage = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

resource hostStorageGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage
  name: guid(hostStorage.id, identity.id, onHostStorage)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', onHostStorage)
    description: 'Storage Blob Data Owner: the host keeps its locks, and starts from the package'
  }
}

var onSigningKeys = '4633458b-17de-408a-b874-0445c86b69e6'

resource vaultGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault::signingKeys
  name: guid(vault::signingKeys.id, identity.id, onSigningKeys)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', onSigningKeys)
    description: 'Key Vault Secrets User: reads the keys behind tracking links, and no other secret'
  }
}

var onInsights = '3913510d-42f4-4e42-8a64-420c390055eb'

resource insightsGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id, onInsights)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', onInsights)
    description: 'Monitoring Metrics Publisher: sends its logs without a key'
  }
}

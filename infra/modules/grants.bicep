@description('The function app\'s identity.')
param identityName string

@description('People and groups who do the runbooks.')
param operatorIds string[]

@description('The storage account\'s name.')
param storageName string

@description('The vault\'s name.')
param vaultName string

@description('The Application Insights resource\'s name.')
param insightsName string

// One line for each grant: the role, and why. Role ids: "Azure built-in roles".
var onStorage = [
  {
    role: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
    why: 'Storage Blob Data Owner: the host keeps its locks and timers, and starts from the package'
  }
  {
    role: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
    why: 'Storage Table Data Contributor: expansions, messages, events, sign-ins under way'
  }
  {
    role: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
    why: 'Storage Queue Data Contributor: events that tables would not take'
  }
]
var onVault = [
  {
    role: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
    why: 'Key Vault Secrets Officer: renews the service account\'s sign-in; no lesser role may write'
  }
]
var onInsights = [
  { role: '3913510d-42f4-4e42-8a64-420c390055eb', why: 'Monitoring Metrics Publisher: sends its logs without a key' }
]

// What the runbooks of docs/operations.md need: an Owner of the subscription may read neither tables, queues nor secrets.
var byOperatorsOnStorage = [
  {
    role: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
    why: 'Storage Table Data Contributor: verifies the audit trail'
  }
  {
    role: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
    why: 'Storage Queue Data Message Sender: sends events out of a log on their way home'
  }
]
var byOperatorsOnVault = [
  {
    role: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
    why: 'Key Vault Secrets Officer: rotates signing keys and the backend\'s credential'
  }
]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource storageGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in onStorage: {
    scope: storage
    name: guid(storage.id, identity.id, grant.role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
      description: grant.why
    }
  }
]

resource vaultGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in onVault: {
    scope: vault
    name: guid(vault.id, identity.id, grant.role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
      description: grant.why
    }
  }
]

resource insightsGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in onInsights: {
    scope: insights
    name: guid(insights.id, identity.id, grant.role)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
      description: grant.why
    }
  }
]

// Who they are, a person or a group, Azure finds out.
resource operatorStorageGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in flatten(map(operatorIds, id => map(byOperatorsOnStorage, each => { id: id, ...each }))): {
    scope: storage
    name: guid(storage.id, grant.id, grant.role)
    properties: {
      principalId: grant.id
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
      description: grant.why
    }
  }
]

resource operatorVaultGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in flatten(map(operatorIds, id => map(byOperatorsOnVault, each => { id: id, ...each }))): {
    scope: vault
    name: guid(vault.id, grant.id, grant.role)
    properties: {
      principalId: grant.id
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
      description: grant.why
    }
  }
]

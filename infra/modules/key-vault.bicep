@description('The vault\'s name. Purge protection keeps it from being used again for 90 days after a deletion.')
@minLength(3)
@maxLength(24)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags object

@description('The workspace that keeps who read and wrote what.')
param workspaceId string

@description('Whether the vault can be reached from the internet, by those who hold a role.')
param publicAccess bool

@description('Whether the vault is locked against deletion.')
param lock bool

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: publicAccess ? 'Allow' : 'Deny', bypass: 'None' }
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

resource guard 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: vault
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: 'Holds Rollcall\'s sign-in.' }
}

output id string = vault.id
output name string = vault.name
output url string = vault.properties.vaultUri

// A template that set the values would know them, and set them back at the next deployment.
@description('The names of the vault\'s secrets, and who writes their values.')
output writers object = {
  'rollcall-token-cache': 'the app, when an admin connects the service account'
  'rollcall-signing-keys': 'the app, when it first signs a tracking link'
  'rollcall-client-secret': 'an admin, only where the credential is `secret`'
  'rollcall-client-certificate': 'an admin, only where the credential is `certificate`'
  'rollcall-ews-credentials': 'an admin, only for an Exchange Server on premises'
}

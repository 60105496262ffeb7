import { tagsType } from 'types.bicep'

@description('The vault\'s name. Purge protection keeps it from being used again for 90 days after a deletion.')
@minLength(3)
@maxLength(24)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('The workspace that keeps who read and wrote what.')
param workspaceName string

@description('Whether it is reached through a private network only.')
param private bool

@description('Public addresses that may reach it nevertheless.')
param openTo string[]

@description('Whether the vault is locked against deletion.')
param lock bool

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
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
    // Not private means: to be reached from the internet, by those who hold a role.
    publicNetworkAccess: private && empty(openTo) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      bypass: 'None'
      ipRules: [for address in openTo: { value: address }]
    }
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

// The newer version is a preview for years now; the older one knows no groups of categories.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

resource guard 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: vault
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: 'Holds Rollcall\'s sign-in.' }
}

// A template that set the values would know them, and set them back at the next deployment.
@description('The names of the vault\'s secrets, and who writes their values.')
output writers { *: string } = {
  'rollcall-token-cache': 'the app, when an admin connects the service account'
  'rollcall-signing-keys': 'the app, when it first signs a tracking link'
  'rollcall-client-secret': 'an admin, only where the credential is `secret`'
  'rollcall-client-certificate': 'an admin, only where the credential is `certificate`'
  'rollcall-ews-credentials': 'an admin, only for an Exchange Server on premises'
  'rollcall-webhook-secret': 'an admin, only with ROLLCALL_WEBHOOK_URL'
}

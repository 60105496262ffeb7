import { anchorsType } from 'types.bicep'

@description('The storage account\'s name.')
param storageName string

@description('How long they are kept, and whether somebody locked the policy.')
param anchors anchorsType

@description('People and groups who do the runbooks.')
param operatorIds string[]

var byOperators = [
  {
    role: '2a2b9908-6ea1-4ae1-8e65-a410df84e7d1'
    why: 'Storage Blob Data Reader: holds the anchors against the audit trail'
  }
]

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-06-01' = {
  parent: account::blobs
  name: 'audit-anchors'
  properties: { publicAccess: 'None' }
}

// A policy that is locked refuses to be written, even as it is; a template cannot lock one: docs/operations.md.
resource policy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2026-06-01' = if (!anchors.locked) {
  parent: container
  name: 'default'
  properties: { immutabilityPeriodSinceCreationInDays: anchors.days, allowProtectedAppendWrites: false }
}

resource operatorGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in flatten(map(operatorIds, id => map(byOperators, each => { id: id, ...each }))): {
    scope: container
    name: guid(container.id, grant.id, grant.role)
    properties: {
      principalId: grant.id
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
      description: grant.why
    }
  }
]

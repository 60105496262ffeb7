import { tagsType } from 'types.bicep'

@description('The name.')
@minLength(4)
@maxLength(63)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param retention int

@description('What is done to rows before they are stored; empty while that rule is not made yet.')
param defaultRuleId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retention
    // Whoever may read a resource may read its logs, and no more.
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
    defaultDataCollectionRuleResourceId: empty(defaultRuleId) ? null : defaultRuleId
  }
}

output id string = workspace.id

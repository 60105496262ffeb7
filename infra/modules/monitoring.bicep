import { appLogType, tagsType } from 'types.bicep'

@description('The name of the workspace and of the Application Insights resource.')
@minLength(4)
@maxLength(57)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param retention int

@description('What the platform logs of the apps.')
param appLogs appLogType[]

module workspace 'workspace.bicep' = {
  params: { name: name, location: location, tags: tags, retention: retention, defaultRuleId: '' }
}

// What the Functions host, and Application Insights behind it, would keep of a reader is taken out of every row before
// it is stored: where the reader is, the link's token, an address that an admin looked up. host.json has the host send
// no such rows in the first place; this holds also when somebody has it say more to search for a fault.
// A table that gets no rows is not named, so that what the platform says of it concerns nobody else.
// Transformations know a part of KQL only: "Supported KQL features in Azure Monitor transformations".
var tables = [
  { name: 'AppRequests', kql: loadTextContent('transformations/AppRequests.kql') }
  { name: 'AppTraces', kql: loadTextContent('transformations/AppTraces.kql') }
  { name: 'AppExceptions', kql: loadTextContent('transformations/AppExceptions.kql') }
  { name: 'AppDependencies', kql: loadTextContent('transformations/AppDependencies.kql') }
]
var platformTables = [
  { name: 'FunctionAppLogs', kql: loadTextContent('transformations/FunctionAppLogs.kql') }
]
var kept = concat(tables, filter(platformTables, one => contains(appLogs, one.name)))

resource nobodyInLogs 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: '${name}-nobody'
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    description: 'Takes network addresses, places, tokens and addresses of people out of every row.'
    destinations: { logAnalytics: [{ workspaceResourceId: workspace.outputs.id, name: 'workspace' }] }
    dataFlows: [
      for table in kept: {
        streams: ['Microsoft-Table-${table.name}']
        destinations: ['workspace']
        transformKql: table.kql
      }
    ]
  }
}

// The rule names the workspace and the workspace the rule, so the workspace is written twice.
module ruled 'workspace.bicep' = {
  params: { name: name, location: location, tags: tags, retention: retention, defaultRuleId: nobodyInLogs.id }
}

// Without local authentication its connection string names a place and opens nothing.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: ruled.outputs.id
    DisableLocalAuth: true
  }
}

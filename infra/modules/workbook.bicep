@description('The title.')
@minLength(1)
@maxLength(250)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags object

@description('The Application Insights resource whose menu shows it.')
param insightsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insightsId, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: name
    category: 'workbook'
    sourceId: insightsId
    serializedData: string(loadJsonContent('workbook.json'))
  }
}

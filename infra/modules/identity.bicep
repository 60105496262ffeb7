import { tagsType } from 'types.bicep'

@description('The identity\'s name.')
@minLength(3)
@maxLength(128)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

// User-assigned, so that it is there before the app is, and outlives it.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId

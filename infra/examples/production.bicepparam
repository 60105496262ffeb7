using '../main.bicep'

// A whole organisation: always warm, spread over the region's data centres, and hard to delete by mistake.
param environmentName = 'production'
param location = 'westeurope'
param directories = ['graph', 'exchange']
param graphScopes = 'GroupMember.Read.All User.Read.All OrgContact.Read.All'
param alwaysReady = 1
param maximumInstances = 100
param storageRedundancy = 'Standard_ZRS'
param zoneRedundant = true
param lockData = true
param logRetention = 90
param customDomain = 'mail.contoso.com'
param alertEmail = 'it-operations@contoso.com'
param otherSettings = {
  ROLLCALL_MAX_RECIPIENTS: '300000'
}
param tags = {
  owner: 'internal-communications'
}

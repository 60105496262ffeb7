using '../main.bicep'

// Storage and Key Vault have no public address, and the registrations were made by infra/entra/register.py.
param environmentName = 'private'
param location = 'germanywestcentral'
param privateNetwork = true
param networkRange = '10.86.0.0/24'
param registerApps = false
param backendClientId = '11111111-1111-1111-1111-111111111111'
param addinClientId = '22222222-2222-2222-2222-222222222222'
param alwaysReady = 1
param storageRedundancy = 'Standard_ZRS'
param lockData = true
param alertEmail = 'it-operations@contoso.com'

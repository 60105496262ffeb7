using '../main.bicep'

// A few people try it for some weeks: the least that works, and nothing that costs while nobody uses it.
param environmentName = 'pilot'
param location = 'westeurope'
// An admin connects the service account with the Azure CLI, whose client id this is.
param setupClientIds = ['04b07795-8ddb-461a-bbee-02f9e1bf7b46']
param alertEmail = 'it-operations@contoso.com'

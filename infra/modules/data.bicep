import { anchorsType, tagsType } from 'types.bicep'

@description('The storage account of everything that is recorded.')
param storageName string

@description('The storage account of the host that answers readers; empty where there is none of its own.')
param trackingStorageName string

@description('The vault.')
param vaultName string

@description('The private network, and the beginning of what belongs to it.')
param networkName string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('How the data is replicated.')
param redundancy string

@description('Whether storage and Key Vault are reached through a private network only.')
param privateNetwork bool

@description('The private network\'s address range.')
param networkRange string

@description('Public addresses that may reach storage and vault nevertheless.')
param openTo string[]

@description('Whether both are locked against deletion.')
param lock bool

@description('Whether every read, write and deletion in storage is logged.')
param audit bool

@description('The audit trail\'s newest hashes, where nobody can change them.')
param anchors anchorsType

@description('The workspace with the logs, and the Application Insights resource of the same name.')
param monitoringName string

@description('The identities of the function apps: that of everything, and that of the app for readers.')
param identityNames string[]

@description('People and groups who do the runbooks.')
param operatorIds string[]

var hasReaders = !empty(trackingStorageName)

// Tables, queues and the deployed package.
module storage 'storage.bicep' = {
  params: {
    name: storageName
    location: location
    tags: tags
    redundancy: redundancy
    private: privateNetwork
    openTo: openTo
    lock: lock
    workspaceName: audit ? monitoringName : ''
    holdsData: true
  }
}

// What no one with rights on the storage account can change, once somebody has locked its policy.
module anchored 'anchors.bicep' = if (anchors.days > 0) {
  params: { storageName: storageName, anchors: anchors, operatorIds: operatorIds }
  dependsOn: [storage]
}

// What the host of the app for readers keeps, so that it can touch nothing of the other's.
module trackingStorage 'storage.bicep' = if (hasReaders) {
  params: {
    name: trackingStorageName
    location: location
    tags: tags
    redundancy: redundancy
    private: privateNetwork
    openTo: openTo
    lock: false
    workspaceName: ''
    holdsData: false
  }
}

// The service account's sign-in, and the backend's own credential if it needs one.
module vault 'key-vault.bicep' = {
  params: {
    name: vaultName
    location: location
    tags: tags
    workspaceName: monitoringName
    private: privateNetwork
    openTo: openTo
    lock: lock
  }
}

// What the function app's identity may do, and operators.
module grants 'grants.bicep' = {
  params: {
    identityName: identityNames[0]
    operatorIds: operatorIds
    storageName: storageName
    vaultName: vaultName
    insightsName: monitoringName
  }
  dependsOn: [storage, vault]
}

module trackingGrants 'tracking-grants.bicep' = if (hasReaders) {
  params: {
    identityName: last(identityNames)!
    storageName: storageName
    hostStorageName: trackingStorageName
    vaultName: vaultName
    insightsName: monitoringName
  }
  dependsOn: [storage, trackingStorage, vault]
}

// The network, where storage and vault are hidden from the internet.
module network 'network.bicep' = if (privateNetwork) {
  params: {
    name: networkName
    location: location
    tags: tags
    range: networkRange
    storageName: storageName
    vaultName: vaultName
    trackingStorageName: trackingStorageName
  }
  dependsOn: [storage, trackingStorage, vault]
}

// An app may start once the grants are there: its package is fetched with its identity.
output packageContainers string[] = concat(
  [storage.outputs.packageContainer],
  hasReaders ? [trackingStorage!.outputs.packageContainer] : []
)
output subnetIds string[] = privateNetwork ? network!.outputs.appSubnetIds : map(identityNames, name => '')
output secretWriters { *: string } = vault.outputs.writers

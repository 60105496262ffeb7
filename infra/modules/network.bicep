import { tagsType } from 'types.bicep'

@description('The network\'s name, and the beginning of what belongs to it.')
@minLength(2)
@maxLength(40)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('The address range, /24 or larger.')
param range string

@description('The storage account.')
param storageName string

@description('The vault.')
param vaultName string

@description('The storage account of the host that answers readers; empty where there is none of its own.')
param trackingStorageName string

resource storage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

// What the app asks of storage and vault, and nothing else. A subnet without rules of its own has Azure's.
resource rules 'Microsoft.Network/networkSecurityGroups@2026-03-01' = {
  name: '${name}-endpoints'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'app-to-endpoints'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: [for (app, i) in apps: cidrSubnet(range, 26, i * 2)]
          sourcePortRange: '*'
          destinationAddressPrefix: cidrSubnet(range, 26, 1)
          destinationPortRange: '443'
        }
      }
      {
        name: 'nobody-else'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

// Each function app has a subnet of its own, on either side of the one with the endpoints.
var apps = concat(['app'], empty(trackingStorageName) ? [] : ['tracking'])

// A function app on Flex Consumption takes up to 40 addresses: /26 has 59.
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [range] }
    subnets: [
      ...map(apps, (app, i) => {
        name: app
        properties: {
          addressPrefix: cidrSubnet(range, 26, i * 2)
          delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
          // The way out, to Entra and Microsoft Graph. Newer networks have none unless they say so.
          defaultOutboundAccess: true
        }
      })
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(range, 26, 1)
          networkSecurityGroup: { id: rules.id }
          // Without it the rules would not hold for private endpoints.
          privateEndpointNetworkPolicies: 'Enabled'
          defaultOutboundAccess: false
        }
      }
    ]
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

resource trackingStorage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = if (!empty(trackingStorageName)) {
  name: trackingStorageName
}

var zones = [
  { part: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { part: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { part: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { part: 'vault', zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}' }
]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for one in zones: {
    name: one.zone
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (one, i) in zones: {
    parent: zone[i]
    name: name
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

var doors = concat(
  map(zones, (one, i) => { name: one.part, part: one.part, zone: i, id: one.part == 'vault' ? vault.id : storage.id }),
  empty(trackingStorageName) ? [] : [{ name: 'tracking-blob', part: 'blob', zone: 0, id: trackingStorage.id }]
)

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = [
  for door in doors: {
    name: '${name}-${door.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpointSubnet.id }
      privateLinkServiceConnections: [
        { name: door.part, properties: { privateLinkServiceId: door.id, groupIds: [door.part] } }
      ]
    }
  }
]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [
  for (door, i) in doors: {
    parent: endpoint[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: door.part, properties: { privateDnsZoneId: zone[door.zone].id } }]
    }
    dependsOn: [link[door.zone]]
  }
]

// An app starts by reading its package and its secrets: it must find their private addresses.
output appSubnetIds string[] = map(apps, app => '${network.id}/subnets/${app}')

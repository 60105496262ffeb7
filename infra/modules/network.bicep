@description('The network\'s name, and the beginning of what belongs to it.')
@minLength(2)
@maxLength(40)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags object

@description('The address range, /24 or larger.')
param range string

@description('The storage account.')
param storageId string

@description('The vault.')
param vaultId string

// A function app on Flex Consumption takes up to 40 addresses: /26 has 59.
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [range] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(range, 26, 0)
          delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(range, 26, 1), privateEndpointNetworkPolicies: 'Disabled' }
      }
    ]
  }

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

var doors = [
  { part: 'blob', of: storageId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { part: 'queue', of: storageId, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { part: 'table', of: storageId, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { part: 'vault', of: vaultId, zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}' }
]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for door in doors: {
  name: door.zone
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (door, i) in doors: {
  parent: zone[i]
  name: name
  location: 'global'
  tags: tags
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for door in doors: {
  name: '${name}-${door.part}'
  location: location
  tags: tags
  properties: {
    subnet: { id: network::endpointSubnet.id }
    privateLinkServiceConnections: [
      { name: door.part, properties: { privateLinkServiceId: door.of, groupIds: [door.part] } }
    ]
  }
}]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (door, i) in doors: {
  parent: endpoint[i]
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: door.part, properties: { privateDnsZoneId: zone[i].id } }] }
  dependsOn: [link[i]]
}]

// The app starts by reading its package and its secrets: it must find their private addresses.
output appSubnetId string = network::appSubnet.id

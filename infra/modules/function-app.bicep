@description('The app\'s name; the first part of its host name.')
@minLength(2)
@maxLength(55)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags object

@description('The user-assigned identity that the app runs as.')
param identityId string

@description('The blob container of deployed packages.')
param packageContainer string

@description('The subnet through which the app reaches out; empty for none.')
param subnetId string

@description('Instances that are always running.')
param alwaysReady int

@description('The most instances that may run at once.')
param maximumInstances int

@description('Memory of one instance, in MB.')
param instanceMemory int

@description('HTTP requests that one instance serves at once.')
param requestsPerInstance int

@description('Whether the instances are spread over availability zones.')
param zoneRedundant bool

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

// Flex Consumption has no place for what other plans call FUNCTIONS_WORKER_RUNTIME, linuxFxVersion, alwaysOn or
// WEBSITE_RUN_FROM_PACKAGE: functionAppConfig says it all.
resource site 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    // For settings that are Key Vault references; without it the platform asks with an identity that is not there.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    // What a certificate for a host name of one's own needs. It cannot be switched on later, and the published types
    // do not know it yet.
    #disable-next-line BCP037
    siteScopedCertificatesEnabled: true
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      runtime: { name: 'python', version: '3.11' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReady > 0 ? [{ name: 'http', instanceCount: alwaysReady }] : []
        // Unset, it is 1 for Python.
        triggers: { http: { perInstanceConcurrency: requestsPerInstance } }
      }
    }
  }

  // Deployments sign in with Entra; nobody needs a publishing password.
  resource scmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

output name string = site.name
output hostName string = site.properties.defaultHostName
output domainVerification string = site.properties.customDomainVerificationId

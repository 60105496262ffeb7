// The backend and the add-in, as Entra ID knows them. Whoever deploys this needs the Entra role Cloud Application
// Administrator. infra/entra/register.py does the same.
extension microsoftGraphV1

import { cloudType, peopleType } from '../modules/types.bicep'

@description('The beginning of both registrations\' unique names.')
@minLength(1)
@maxLength(100)
param name string

@description('The origin that browsers reach the app at.')
param publicUrl string

@description('The function app\'s identity, which the backend proves itself with.')
param identityPrincipalId string

@description('Where sign-ins happen in this cloud, and what a federated credential is issued for.')
param cloud cloudType

@description('The directories that are read.')
param directories string[]

@description('The delegated Microsoft Graph permissions.')
param graphScopes string

@description('Whether the add-in sends mail as its user: a copy to each recipient, where mails differ.')
param sendsCopies bool

@description('Whether the add-in reads mail tips as its user.')
param readsTips bool

@description('The people and groups who are assigned.')
param people peopleType

@description('Further clients that may call the API.')
param setupClientIds string[]

// What the sign-in itself needs, besides the lists: who it is, and to go on without the person.
var graphPermissions = concat(split(graphScopes, ' '), ['openid', 'profile', 'offline_access'])
var exchangePermissions = concat(
  contains(directories, 'exchange') ? ['Exchange.ManageV2'] : [],
  contains(directories, 'ews') ? ['EWS.AccessAsUser.All'] : []
)

// infra/entra/register.py loads them too, so that either can go on where the other began.
var permissions = loadJsonContent('permissions.json')
var scopeId = permissions.scope.id
var roles = permissions.roles

// Written down here, not read from the registration: older compilers refuse a name that only a resource can tell.
var addinName = '${name}-addin'
var backendName = '${name}-api'

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource exchange 'Microsoft.Graph/servicePrincipals@v1.0' existing = if (!empty(exchangePermissions)) {
  appId: '00000002-0000-0ff1-ce00-000000000000'
}

// What is asked for and what the tenant has of it. A permission that it does not offer would be left out silently.
var offeredByGraph = map(graph.oauth2PermissionScopes, scope => scope.value)
var offeredByExchange = empty(exchangePermissions) ? [] : map(exchange!.oauth2PermissionScopes, scope => scope.value)
var addinPermissions = concat(sendsCopies ? ['Mail.Send'] : [], readsTips ? ['MailTips.ReadBasic.Shared'] : [])
var asked = concat(graphPermissions, addinPermissions)
var missing = concat(
  filter(asked, permission => !contains(offeredByGraph, permission)),
  filter(exchangePermissions, permission => !contains(offeredByExchange, permission))
)
var isOffered = empty(missing) ? true : fail('This tenant does not offer ${join(missing, ', ')}.')

resource addin 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: addinName
  displayName: 'Rollcall for Outlook'
  signInAudience: 'AzureADMyOrg'
  // Nested app authentication: Outlook signs its user in, for this origin and no other. Where Outlook cannot, and on
  // the pages, a sign-in ends on a page of our own.
  spa: {
    redirectUris: [
      'brk-multihub://${replace(publicUrl, 'https://', '')}'
      '${publicUrl}/addin/dialog.html'
      '${publicUrl}/addin/pages.html'
    ]
  }
  // The add-in alone, as its user and while they use it; the backend may not touch any mail.
  requiredResourceAccess: isOffered && !empty(addinPermissions)
    ? [
        {
          resourceAppId: graph.appId
          resourceAccess: map(
            filter(graph.oauth2PermissionScopes, scope => contains(addinPermissions, scope.value)),
            scope => { id: scope.id, type: 'Scope' }
          )
        }
      ]
    : []
}

resource backend 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: backendName
  displayName: 'Rollcall'
  signInAudience: 'AzureADMyOrg'
  api: {
    // Tokens of version 1 name issuer and caller otherwise, and are refused.
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [permissions.scope]
  }
  appRoles: [roles.sender, roles.admin, roles.auditor, roles.serviceAccount, roles.reportReader, roles.auditReader]
  // By `idtyp` a program's token is told from a person's.
  optionalClaims: { accessToken: permissions.accessTokenClaims }
  // Of the groups that are assigned to the application alone, for ROLLCALL_TEAMS.
  groupMembershipClaims: 'ApplicationGroup'
  // A web address, not a single-page one: the latter's refresh tokens last a day.
  web: { redirectUris: ['${publicUrl}/api/connection/callback'] }
  // Delegated permissions only: never more than the service account itself may see.
  requiredResourceAccess: !isOffered
    ? []
    : concat(
        [
          {
            resourceAppId: graph.appId
            resourceAccess: map(
              filter(graph.oauth2PermissionScopes, scope => contains(graphPermissions, scope.value)),
              scope => { id: scope.id, type: 'Scope' }
            )
          }
        ],
        empty(exchangePermissions)
          ? []
          : [
              {
                resourceAppId: exchange!.appId
                resourceAccess: map(
                  filter(exchange!.oauth2PermissionScopes, scope => contains(exchangePermissions, scope.value)),
                  scope => { id: scope.id, type: 'Scope' }
                )
              }
            ]
      )

  // The function app's identity stands in for a client secret: nothing to keep, nothing to renew.
  resource federation 'federatedIdentityCredentials@v1.0' = {
    name: '${backendName}/function-app'
    description: 'Rollcall\'s function app'
    issuer: '${cloud.login}/${tenant().tenantId}/v2.0'
    subject: identityPrincipalId
    audiences: [cloud.federation]
  }
}

// The same registration once more: its URI holds its client id, and a client is authorized for a scope, and neither is
// known before it is there. Two writers at a time would refuse one another, so this waits for the credential.
resource backendAgain 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: backendName
  displayName: backend.displayName
  identifierUris: ['api://${backend.appId}']
  api: union(backend.api, {
    preAuthorizedApplications: map(concat([addin.appId], setupClientIds), client => {
      appId: client
      delegatedPermissionIds: [scopeId]
    })
  })
  dependsOn: [backend::federation]
}

resource addinPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: addin.appId
}

// Everybody of the tenant may sign in, to see and decide what is kept of them on /me. All else takes a role, which is in
// the token: taking it away is how access is revoked.
resource backendPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: backend.appId
  appRoleAssignmentRequired: false
}

resource admins 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for id in union(people.admins, []): {
    resourceId: backendPrincipal.id
    principalId: id
    appRoleId: roles.admin.id
  }
]

resource senders 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for id in union(people.senders, []): {
    resourceId: backendPrincipal.id
    principalId: id
    appRoleId: roles.sender.id
  }
]

resource auditors 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for id in union(people.auditors, []): {
    resourceId: backendPrincipal.id
    principalId: id
    appRoleId: roles.auditor.id
  }
]

resource serviceAccount 'Microsoft.Graph/appRoleAssignedTo@v1.0' = if (!empty(people.serviceAccount)) {
  resourceId: backendPrincipal.id
  principalId: people.serviceAccount
  appRoleId: roles.serviceAccount.id
}

// Consent for this one account, not for everybody in the tenant.
resource graphConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = if (!empty(people.serviceAccount)) {
  clientId: backendPrincipal.id
  resourceId: graph.id
  consentType: 'Principal'
  principalId: people.serviceAccount
  scope: join(graphPermissions, ' ')
}

resource exchangeConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = if (!empty(people.serviceAccount) && !empty(exchangePermissions)) {
  clientId: backendPrincipal.id
  resourceId: exchange!.id
  consentType: 'Principal'
  principalId: people.serviceAccount
  scope: join(exchangePermissions, ' ')
}

output backendClientId string = backend.appId
output addinClientId string = addin.appId

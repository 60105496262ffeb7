// The backend and the add-in, as Entra ID knows them. Whoever deploys this needs the Entra role Cloud Application
// Administrator. infra/entra/register.py does the same.
extension microsoftGraphV1

@description('The beginning of both registrations\' unique names.')
@minLength(1)
@maxLength(100)
param name string

@description('The origin that browsers reach the app at.')
param publicUrl string

@description('The function app\'s identity, which the backend proves itself with.')
param identityPrincipalId string

@description('Where sign-ins happen in this cloud.')
param login string

@description('What a federated credential is issued for in this cloud.')
param federation string

@description('The directories that are read.')
param directories string[]

@description('The delegated Microsoft Graph permissions.')
param graphScopes string

@description('Whether the add-in sends mail as its user: a copy to each recipient, where mails differ.')
param sendsCopies bool

@description('Object id of the service account; empty: consent is given by hand.')
param serviceAccountId string

@description('Object ids of the people and groups who are Rollcall admins.')
param adminIds string[]

@description('Object ids of the people and groups who may count recipients and send.')
param senderIds string[]

@description('Further clients that may call the API.')
param setupClientIds string[]

// What the sign-in itself needs, besides the lists: who it is, and to go on without the person.
var graphPermissions = concat(split(graphScopes, ' '), ['openid', 'profile', 'offline_access'])
var exchangePermissions = concat(
  contains(directories, 'exchange') ? ['Exchange.ManageV2'] : [],
  contains(directories, 'ews') ? ['EWS.AccessAsUser.All'] : []
)

var scopeId = guid(name, 'access_as_user')
var roles = {
  sender: guid(name, 'Rollcall.Sender')
  admin: guid(name, 'Rollcall.Admin')
  serviceAccount: guid(name, 'Rollcall.ServiceAccount')
}

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource exchange 'Microsoft.Graph/servicePrincipals@v1.0' existing = if (!empty(exchangePermissions)) {
  appId: '00000002-0000-0ff1-ce00-000000000000'
}

resource addin 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: '${name}-addin'
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
  requiredResourceAccess: sendsCopies
    ? [
        {
          resourceAppId: graph.appId
          resourceAccess: map(
            filter(graph.oauth2PermissionScopes, scope => scope.value == 'Mail.Send'),
            scope => { id: scope.id, type: 'Scope' }
          )
        }
      ]
    : []
}

resource backend 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: '${name}-api'
  displayName: 'Rollcall'
  signInAudience: 'AzureADMyOrg'
  api: {
    // Tokens of version 1 name issuer and caller otherwise, and are refused.
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: scopeId
        value: 'access_as_user'
        type: 'Admin'
        isEnabled: true
        adminConsentDisplayName: 'Use Rollcall'
        adminConsentDescription: 'Count recipients and see results as the signed-in person.'
      }
    ]
  }
  appRoles: [
    {
      id: roles.sender
      value: 'Rollcall.Sender'
      displayName: 'Sender'
      description: 'May count the recipients of a mail, and send tracked mail.'
      allowedMemberTypes: ['User']
      isEnabled: true
    }
    {
      id: roles.admin
      value: 'Rollcall.Admin'
      displayName: 'Admin'
      description: 'May what a sender may, connect the service account, and see what others sent.'
      allowedMemberTypes: ['User']
      isEnabled: true
    }
    {
      id: roles.serviceAccount
      value: 'Rollcall.ServiceAccount'
      displayName: 'Service account'
      description: 'Is the account that reads the lists. May not call Rollcall.'
      allowedMemberTypes: ['User']
      isEnabled: true
    }
  ]
  // A web address, not a single-page one: the latter's refresh tokens last a day.
  web: { redirectUris: ['${publicUrl}/api/connection/callback'] }
  // Delegated permissions only: never more than the service account itself may see.
  requiredResourceAccess: concat(
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
    name: '${backend.uniqueName}/function-app'
    description: 'Rollcall\'s function app'
    issuer: '${login}/${tenant().tenantId}/v2.0'
    subject: identityPrincipalId
    audiences: [federation]
  }
}

// The same registration once more: its URI holds its client id, and a client is authorized for a scope, and neither is
// known before it is there.
resource backendAgain 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: backend.uniqueName
  displayName: backend.displayName
  identifierUris: ['api://${backend.appId}']
  api: union(backend.api, {
    preAuthorizedApplications: map(concat([addin.appId], setupClientIds), client => {
      appId: client
      delegatedPermissionIds: [scopeId]
    })
  })
}

resource addinPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: addin.appId
}

// Nobody gets a token who was not assigned: taking an account off the list is how its access is revoked.
resource backendPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: backend.appId
  appRoleAssignmentRequired: true
}

resource admins 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for id in adminIds: {
  resourceId: backendPrincipal.id
  principalId: id
  appRoleId: roles.admin
}]

resource senders 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for id in senderIds: {
  resourceId: backendPrincipal.id
  principalId: id
  appRoleId: roles.sender
}]

resource serviceAccount 'Microsoft.Graph/appRoleAssignedTo@v1.0' = if (!empty(serviceAccountId)) {
  resourceId: backendPrincipal.id
  principalId: serviceAccountId
  appRoleId: roles.serviceAccount
}

// Consent for this one account, not for everybody in the tenant.
resource graphConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = if (!empty(serviceAccountId)) {
  clientId: backendPrincipal.id
  resourceId: graph.id
  consentType: 'Principal'
  principalId: serviceAccountId
  scope: join(graphPermissions, ' ')
}

resource exchangeConsent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = if (!empty(serviceAccountId) && !empty(exchangePermissions)) {
  clientId: backendPrincipal.id
  resourceId: exchange!.id
  consentType: 'Principal'
  principalId: serviceAccountId
  scope: join(exchangePermissions, ' ')
}

output backendClientId string = backend.appId
output addinClientId string = addin.appId

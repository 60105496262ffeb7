import { tagsType, watchType } from 'types.bicep'

@description('The beginning of every alert\'s name.')
@minLength(1)
@maxLength(60)
param name string

@description('The Azure region.')
param location string

@description('Tags for every resource.')
param tags tagsType

@description('Who is told of what, and how often somebody looks.')
param watch watchType

@description('The name of the workspace with the logs, and of the Application Insights resource.')
param monitoringName string

@description('The storage account.')
param storageName string

@description('The vault.')
param vaultName string

@description('What the canary asks.')
param healthUrl string

@description('Whether readers are answered by an app of their own.')
param hasReaders bool

@description('What the canary asks of that app.')
param readersUrl string

// What the code logs when somebody should look, word for word. `over` is how often it may say so in a quarter of an
// hour; severities go from 0, critical, to 4. docs/operations.md has a page for each. A line that sampling kept
// stands for as many as its ItemCount says.
var saidInLogs = [
  { key: 'settings', severity: 0, says: 'settings are incomplete', over: 0 }
  { key: 'unexpected', severity: 1, says: 'unexpected ', over: 0 }
  { key: 'connection-stopped', severity: 1, says: 'alert connection_stopped', over: 0 }
  { key: 'webhooks', severity: 2, says: 'alert webhook_', over: 0 }
  { key: 'canary-list', severity: 1, says: 'alert canary_', over: 0 }
  { key: 'sign-in-unreadable', severity: 1, says: 'the sign-in in Key Vault', over: 0 }
  { key: 'vault-unread', severity: 2, says: 'Key Vault cannot be read', over: 3 }
  { key: 'sign-in-unkept', severity: 2, says: 'the renewed sign-in could not be kept', over: 3 }
  { key: 'callers-unknown', severity: 2, says: 'Entra\'s signing keys cannot be fetched', over: 3 }
  { key: 'events-late', severity: 2, says: 'events do not reach Table Storage in time', over: 3 }
  { key: 'events-logged', severity: 1, says: 'an entry is not stored yet', over: 0 }
  { key: 'throttled', severity: 3, says: 'graph: waiting', over: 100 }
]

// A row for each request that failed in the host: refused is one whose body was over the limit, or broke off. The host
// tells a request's failure in several exceptions, and one of them says why.
var failedInTheHost = 'AppExceptions | summarize refused = countif(strcat(ExceptionType, " ", InnermostType) has "BadHttpRequestException") > 0 by OperationId'

// What the figures of shared/telemetry.py say for a quarter of an hour: one number, and when it is too high. They are
// no samples, and go on being told for as long as something lasts.
var shownByFigures = [
  {
    key: 'connection-down'
    severity: 1
    says: 'The service account has given no access token for a quarter of an hour.'
    query: 'AppMetrics | where Name == "rollcall.connection" | summarize up = max(Max) by tostring(Properties.resource) | summarize number = countif(up == 0)'
    over: 0
  }
  {
    // The app's own answers, and what failed in the host before or behind it, such as a worker that is gone. The app lets
    // no exception out, so those in the log are the host's.
    key: 'server-errors'
    severity: 2
    says: 'More than 5 requests were answered with 5xx, by Rollcall or by the platform.'
    query: 'union isfuzzy=true (AppMetrics | where Name == "rollcall.answers" and tostring(Properties.outcome) == "failed" | summarize number = sum(Sum)), (${failedInTheHost} | summarize number = todouble(countif(not(refused)))) | summarize number = sum(number)'
    over: 5
  }
  {
    // Anybody can send such a body, so it wakes nobody: docs/decisions/a-body-is-refused-by-the-host.md.
    key: 'bodies-refused'
    severity: 3
    says: 'More than 100 requests had a body that is too large, or broke off.'
    query: '${failedInTheHost} | summarize number = todouble(countif(refused))'
    over: 100
  }
  {
    // The host gives up at the third crash in half an hour, and serves nothing until it is up again.
    key: 'worker-restarts'
    severity: 1
    says: 'A worker process was started again on the same instance.'
    query: 'union isfuzzy=true (AppMetrics | where Name == "rollcall.starts" | summarize number = sum(Sum) by AppRoleInstance), (AppTraces | where Message has "Exceeded language worker restart retry count" | summarize number = 2.0 * sum(ItemCount)) | summarize number = max(number)'
    over: 1
  }
  {
    key: 'directory-failing'
    severity: 2
    says: 'More than a fifth of the requests to a directory failed, of 20 or more.'
    query: 'AppMetrics | where Name == "rollcall.requests" | summarize asked = sum(Sum), failed = sumif(Sum, tostring(Properties.outcome) in ("failed", "no_answer")) by tostring(Properties.directory) | where asked >= 20 | summarize number = max(100.0 * failed / asked)'
    over: 20
  }
  {
    key: 'directory-throttling'
    severity: 3
    says: 'Expansions waited more than five minutes in all because a directory asked them to.'
    query: 'AppMetrics | where Name == "rollcall.throttled.seconds" | summarize waited = sum(Sum) by tostring(Properties.directory) | summarize number = max(waited)'
    over: 300
  }
  {
    key: 'expansions-slow'
    severity: 3
    says: 'An expansion took longer than the 230 seconds after which the platform cuts its answer.'
    query: 'AppMetrics | where Name == "rollcall.expansion.duration" | summarize number = max(Max)'
    over: 230
  }
  {
    key: 'events-unsafe'
    severity: 1
    says: 'Opens or clicks are in the log alone.'
    query: 'AppMetrics | where Name == "rollcall.events" and tostring(Properties.fate) == "lost" | summarize number = sum(Sum)'
    over: 0
  }
  {
    key: 'flushes-slow'
    severity: 3
    says: 'Storing events takes longer, on the average, than readers are made to wait.'
    query: 'AppMetrics | where Name == "rollcall.flush.duration" | summarize number = sum(Sum) / sum(ItemCount)'
    over: 1
  }
]

var queries = concat(
  map(saidInLogs, line => {
    key: line.key
    severity: line.severity
    says: 'The log says: ${line.says}.'
    query: 'AppTraces | where Message contains "${line.says}" | summarize number = sum(ItemCount)'
    over: line.over
  }),
  shownByFigures
)

// Each look of each rule is paid for, so a pilot makes the urgent ones only.
var wanted = filter(queries, one => one.severity <= watch.severity)

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: monitoringName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: monitoringName
}

resource storage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(watch.email)) {
  name: '${name}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'Rollcall'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: watch.email, useCommonAlertSchema: true }]
  }
}

resource found 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for one in wanted: {
    name: '${name}-${one.key}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Rollcall: ${one.key}'
      description: '${one.says} See docs/operations.md, ${one.key}.'
      severity: one.severity
      enabled: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT${watch.minutes}M'
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: one.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'number'
            operator: 'GreaterThan'
            threshold: one.over
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(watch.email) ? [] : [people.id] }
      autoMitigate: true
      // The workspace has no such table before the first line was logged.
      skipQueryValidation: true
    }
  }
]

var watched = [
  { key: 'storage-unavailable', id: storage.id, kind: 'Microsoft.Storage/storageAccounts' }
  { key: 'vault-unavailable', id: vault.id, kind: 'Microsoft.KeyVault/vaults' }
]

resource unavailable 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for one in watched: {
    name: '${name}-${one.key}'
    location: 'global'
    tags: tags
    properties: {
      description: 'Fewer than 99 % of the requests were served. See docs/operations.md, ${one.key}.'
      severity: 1
      enabled: true
      scopes: [one.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'availability'
            metricNamespace: one.kind
            metricName: 'Availability'
            timeAggregation: 'Average'
            operator: 'LessThan'
            threshold: 99
          }
        ]
      }
      actions: empty(watch.email) ? [] : [{ actionGroupId: people.id }]
      autoMitigate: true
    }
  }
]

// The canary: what everybody may ask, from outside, all the time. Health is content only when nothing is degraded; the
// page for recipients is there when the app for readers is, and its settings are complete.
var asked = concat(
  [{ key: 'canary', shows: '"status":"ok"' }],
  hasReaders ? [{ key: 'canary-readers', shows: '<h1>' }] : []
)
var canaries = empty(watch.canaryLocations) ? [] : asked

resource canary 'Microsoft.Insights/webtests@2022-06-15' = [
  for (one, i) in canaries: {
    name: '${name}-${one.key}'
    location: location
    tags: union(tags, { 'hidden-link:${insights.id}': 'Resource' })
    kind: 'standard'
    properties: {
      Name: '${name}-${one.key}'
      SyntheticMonitorId: '${name}-${one.key}'
      Kind: 'standard'
      Enabled: true
      Frequency: watch.canaryMinutes * 60
      Timeout: 60
      RetryEnabled: true
      Locations: [for place in watch.canaryLocations: { Id: place }]
      Request: { RequestUrl: i == 0 ? healthUrl : readersUrl, HttpVerb: 'GET', ParseDependentRequests: false }
      ValidationRules: {
        ExpectedHttpStatusCode: 200
        SSLCheck: true
        SSLCertRemainingLifetimeCheck: 14
        ContentValidation: { ContentMatch: one.shows, PassIfTextFound: true }
      }
    }
  }
]

resource canaryDead 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for (one, i) in canaries: {
    name: '${name}-${one.key}'
    location: 'global'
    tags: union(tags, { 'hidden-link:${insights.id}': 'Resource', 'hidden-link:${canary[i].id}': 'Resource' })
    properties: {
      description: 'Rollcall does not answer, or says that something it needs does not work. See docs/operations.md, ${one.key}.'
      severity: 1
      enabled: true
      scopes: [canary[i].id, insights.id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
        webTestId: canary[i].id
        componentId: insights.id
        failedLocationCount: min(2, length(watch.canaryLocations))
      }
      actions: empty(watch.email) ? [] : [{ actionGroupId: people.id }]
      autoMitigate: true
    }
  }
]

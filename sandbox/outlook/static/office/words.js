// The enumerations, with Office.js's own values.

const AsyncResultStatus = { Succeeded: 'succeeded', Failed: 'failed' };
const CoercionType = { Html: 'html', Text: 'text', Matrix: 'matrix', Ooxml: 'ooxml', Table: 'table' };
const HostType = {
  Word: 'Word', Excel: 'Excel', PowerPoint: 'PowerPoint', Outlook: 'Outlook', OneNote: 'OneNote',
  Project: 'Project', Access: 'Access',
};
const PlatformType = {
  PC: 'PC', OfficeOnline: 'OfficeOnline', Mac: 'Mac', iOS: 'iOS', Android: 'Android', Universal: 'Universal',
};
const EventType = {
  DialogEventReceived: 'dialogEventReceived',
  DialogMessageReceived: 'dialogMessageReceived',
  DialogParentMessageReceived: 'dialogParentMessageReceived',
  InitializationContextChanged: 'olkInitializationContextChanged',
  ItemChanged: 'olkItemSelectedChanged',
  OfficeThemeChanged: 'officeThemeChanged',
  RecipientsChanged: 'olkRecipientsChanged',
  RecurrenceChanged: 'olkRecurrenceChanged',
  AttachmentsChanged: 'olkAttachmentsChanged',
};
const MailboxEnums = {
  AttachmentType: { File: 'file', Item: 'item', Cloud: 'cloud' },
  BodyMode: { FullBody: 0, HostConfig: 1 },
  ComposeType: { Reply: 'reply', NewMail: 'newMail', Forward: 'forward' },
  ItemNotificationMessageType: {
    ProgressIndicator: 'progressIndicator',
    InformationalMessage: 'informationalMessage',
    ErrorMessage: 'errorMessage',
    InsightMessage: 'insightMessage',
  },
  ItemType: { Message: 'message', Appointment: 'appointment' },
  RecipientType: {
    DistributionList: 'distributionList', User: 'user', ExternalUser: 'externalUser', Other: 'other',
  },
  SendModeOverride: { PromptUser: 'promptUser' },
};
// Error codes of the ones that Outlook's calls give; the others are the compose window's to say.
const NOT_A_FUNCTION = 'Sys.ArgumentTypeException: The callback must be a function.';

/**
 * What Outlook is told of the add-in, once, and the two manifests that are made of it.
 *
 * The unified manifest serves Outlook on the web and on Windows, the other one Outlook for Mac, phones and older
 * versions, so both stay. Microsoft wants them to have ids and names of their own, and the unified one to hide
 * the other where both are deployed ("Manage both a unified manifest and an add-in only manifest version of your
 * Office Add-in", 2026-05-10). What stands in double braces is filled in by the app, which serves them as
 * /addin/manifest.xml and /addin/manifest.json.
 */

import { TRANSLATIONS } from "./manifest-words.mjs";

const ORIGIN = "{{origin}}/addin";
const MAILBOX = "1.5";
const EVENTS_MAILBOX = "1.12";
const ICONS = [16, 20, 24, 32, 40, 48, 64, 80];
/** The sizes that a unified manifest has for a button. */
const UNIFIED_ICONS = [16, 32, 80];

const ADDIN = {
  name: "Rollcall",
  unifiedName: "Rollcall for Microsoft 365",
  fullName: "Rollcall for Outlook",
  short: "Counts how many people a mail reaches before it is sent.",
  description: "Counts how many people a mail reaches before it is sent, and how many open it.",
  color: "#0F6CBD",
  pane: `${ORIGIN}/pane.html`,
  events: { page: `${ORIGIN}/events.html`, script: `${ORIGIN}/events.js`, onSend: "onMessageSend" },
};

/** The buttons, each in a ribbon of its own. All open the pane, which sees what it is beside. */
export const COMMANDS = [
  {
    id: "rollcallCount",
    group: "rollcallGroup",
    action: "openPane",
    surface: "MessageComposeCommandSurface",
    context: "mailCompose",
    string: "Count",
    label: "Count recipients",
    tip: "Shows how many people this mail reaches, counts who opens it, if you like, and helps you send it.",
  },
  {
    id: "rollcallReport",
    group: "rollcallReportGroup",
    action: "openReport",
    surface: "MessageReadCommandSurface",
    context: "mailRead",
    string: "Report",
    label: "Show the report",
    tip: "Shows how many people opened this mail and clicked, if it was sent with tracking and you may see it.",
  },
];

const LANGUAGES = Object.keys(TRANSLATIONS);

const icon = (size) => `${ORIGIN}/icons/icon-${size}.png`;

/** The add-in only manifest. */
export function xml() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1"
           xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
           xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0"
           xsi:type="MailApp">
  <Id>{{addin_id}}</Id>
  <Version>{{version}}.0</Version>
  <ProviderName>${ADDIN.name}</ProviderName>
  <DefaultLocale>en-US</DefaultLocale>
  <DisplayName DefaultValue="${ADDIN.name}"/>
  <Description DefaultValue="${ADDIN.description}">
${lines(LANGUAGES, 4, (tag) => `<Override Locale="${tag}" Value="${TRANSLATIONS[tag].description}"/>`)}
  </Description>
  <IconUrl DefaultValue="${icon(64)}"/>
  <HighResolutionIconUrl DefaultValue="${icon(128)}"/>
  <SupportUrl DefaultValue="{{support_url}}"/>
  <AppDomains>
    <AppDomain>{{origin}}</AppDomain>
    <AppDomain>{{authority_origin}}</AppDomain>
  </AppDomains>
  <Hosts>
    <Host Name="Mailbox"/>
  </Hosts>
  <Requirements>
    <Sets>
      <Set Name="Mailbox" MinVersion="${MAILBOX}"/>
    </Sets>
  </Requirements>
  <FormSettings>
    <Form xsi:type="ItemEdit">
      <DesktopSettings>
        <SourceLocation DefaultValue="${ADDIN.pane}"/>
      </DesktopSettings>
    </Form>
  </FormSettings>
  <Permissions>{{permission}}</Permissions>
  <Rule xsi:type="RuleCollection" Mode="Or">
    <Rule xsi:type="ItemIs" ItemType="Message" FormType="Edit"/>
  </Rule>
${overrides("1.0", indented(overrides("1.1", ""), 2))}
</OfficeApp>
`;
}

/** What newer Outlooks read in place of the rest. Only the inner one, of version 1.1, knows events. */
function overrides(version, inner) {
  const hasEvents = version === "1.1";
  const namespace = `http://schemas.microsoft.com/office/mailappversionoverrides${hasEvents ? "/1.1" : ""}`;
  const least = hasEvents ? EVENTS_MAILBOX : MAILBOX;
  return `  <VersionOverrides xmlns="${namespace}" xsi:type="VersionOverridesV${version.replace(".", "_")}">
    <Requirements>
      <bt:Sets DefaultMinVersion="${least}">
        <bt:Set Name="Mailbox"/>
      </bt:Sets>
    </Requirements>
    <Hosts>
      <Host xsi:type="MailHost">${hasEvents ? RUNTIMES : ""}
        <DesktopFormFactor>
          <FunctionFile resid="Events.Url"/>
${COMMANDS.map(button).join("\n")}${hasEvents ? LAUNCH : ""}
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>
${lines(ICONS, 8, (size) => resource("Image", `Icon.${size}`, icon(size)))}
      </bt:Images>
      <bt:Urls>
        ${resource("Url", "Pane.Url", ADDIN.pane)}
        ${resource("Url", "Events.Url", ADDIN.events.page)}${
          hasEvents ? `\n        ${resource("Url", "Script.Url", ADDIN.events.script)}` : ""
        }
      </bt:Urls>
      <bt:ShortStrings>
        ${resource("String", "Group.Label", ADDIN.name)}
${lines(COMMANDS, 8, ({ string, label }) => said(`${string}.Label`, label, string, "label"))}
      </bt:ShortStrings>
      <bt:LongStrings>
${lines(COMMANDS, 8, ({ string, tip }) => said(`${string}.Tip`, tip, string, "tip"))}
      </bt:LongStrings>
    </Resources>${inner && `\n${inner}`}
  </VersionOverrides>`;
}

// Classic Outlook for Windows runs the script by itself, all others the page that loads it.
const RUNTIMES = `
        <Runtimes>
          <Runtime resid="Events.Url">
            <Override type="javascript" resid="Script.Url"/>
          </Runtime>
        </Runtimes>`;

const LAUNCH = `
          <ExtensionPoint xsi:type="LaunchEvent">
            <LaunchEvents>
              <LaunchEvent Type="OnMessageSend" FunctionName="${ADDIN.events.onSend}" SendMode="PromptUser"/>
            </LaunchEvents>
            <SourceLocation resid="Events.Url"/>
          </ExtensionPoint>`;

function button({ id, group, surface, string }) {
  return `          <ExtensionPoint xsi:type="${surface}">
            <OfficeTab id="TabDefault">
              <Group id="${group}">
                <Label resid="Group.Label"/>
                <Control xsi:type="Button" id="${id}">
                  <Label resid="${string}.Label"/>
                  <Supertip>
                    <Title resid="${string}.Label"/>
                    <Description resid="${string}.Tip"/>
                  </Supertip>
                  <Icon>
${lines(ICONS, 20, (size) => `<bt:Image size="${size}" resid="Icon.${size}"/>`)}
                  </Icon>
                  <Action xsi:type="ShowTaskpane">
                    <SourceLocation resid="Pane.Url"/>
                  </Action>
                </Control>
              </Group>
            </OfficeTab>
          </ExtensionPoint>`;
}

function resource(kind, id, value) {
  return `<bt:${kind} id="${id}" DefaultValue="${value}"/>`;
}

/** A text in every language: `what` of the button `string`. */
function said(id, english, string, what) {
  const others = LANGUAGES.map(
    (tag) => `<bt:Override Locale="${tag}" Value="${TRANSLATIONS[tag][string][what]}"/>`,
  );
  return `<bt:String id="${id}" DefaultValue="${english}">${others.join("")}</bt:String>`;
}

function lines(all, indent, text) {
  return all.map((one) => " ".repeat(indent) + text(one)).join("\n");
}

function indented(text, by) {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

/** The unified manifest. */
export function json() {
  const manifest = {
    $schema: "https://developer.microsoft.com/json-schemas/teams/v1.23/MicrosoftTeams.schema.json",
    manifestVersion: "1.23",
    version: "{{version}}",
    id: "{{unified_id}}",
    developer: {
      name: ADDIN.name,
      websiteUrl: "{{support_url}}",
      privacyUrl: "{{privacy_url}}",
      termsOfUseUrl: "{{support_url}}",
    },
    name: { short: ADDIN.unifiedName, full: ADDIN.fullName },
    description: { short: ADDIN.short, full: ADDIN.description },
    icons: { color: "icons/color.png", outline: "icons/outline.png" },
    accentColor: ADDIN.color,
    localizationInfo: { defaultLanguageTag: "en" },
    validDomains: ["{{host}}", "{{authority_host}}"],
    authorization: {
      permissions: { resourceSpecific: [{ name: "{{unified_permission}}", type: "Delegated" }] },
    },
    extensions: [
      {
        requirements: { ...needs(MAILBOX), scopes: ["mail"], formFactors: ["desktop"] },
        alternates: [
          {
            hide: { customOfficeAddin: { officeAddinId: "{{addin_id}}" } },
            alternateIcons: {
              icon: { size: 64, url: icon(64) },
              highResolutionIcon: { size: 64, url: icon(128) },
            },
          },
        ],
        runtimes: [
          {
            requirements: needs(MAILBOX),
            id: "pane",
            type: "general",
            code: { page: ADDIN.pane },
            lifetime: "short",
            actions: COMMANDS.map(({ action, label }) => ({
              id: action,
              type: "openPage",
              displayName: label,
              view: "pane",
            })),
          },
          {
            requirements: needs(EVENTS_MAILBOX),
            id: "events",
            type: "general",
            code: { page: ADDIN.events.page, script: ADDIN.events.script },
            lifetime: "short",
            actions: [{ id: ADDIN.events.onSend, type: "executeFunction", displayName: "Before sending" }],
          },
        ],
        ribbons: COMMANDS.map(ribbon),
        autoRunEvents: [
          {
            requirements: { ...needs(EVENTS_MAILBOX), scopes: ["mail"] },
            events: [
              {
                type: "messageSending",
                actionId: ADDIN.events.onSend,
                options: { sendMode: "promptUser" },
              },
            ],
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function needs(minVersion) {
  return { capabilities: [{ name: "Mailbox", minVersion }] };
}

function ribbon({ id, group, action, context, label, tip }) {
  const icons = UNIFIED_ICONS.map((size) => ({ size, url: icon(size) }));
  const supertip = { title: label, description: tip };
  const control = { id, type: "button", label, icons, supertip, actionId: action };
  return {
    requirements: needs(MAILBOX),
    contexts: [context],
    tabs: [
      { builtInTabId: "TabDefault", groups: [{ id: group, label: ADDIN.name, icons, controls: [control] }] },
    ],
  };
}

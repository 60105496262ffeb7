/** The add-in only manifest: for Outlook for Mac, phones and older versions. */

import { ADDIN, COMMANDS, EVENTS_MAILBOX, icon, LANGUAGES, MAILBOX } from "./manifest-facts.mjs";
import { ENGLISH, TRANSLATIONS } from "./manifest-words.mjs";

const ICONS = [16, 20, 24, 32, 40, 48, 64, 80];

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
  <Description DefaultValue="${ENGLISH.description}">
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
${lines(COMMANDS, 8, ({ string }) => said(`${string}.Label`, string, "label"))}
      </bt:ShortStrings>
      <bt:LongStrings>
${lines(COMMANDS, 8, ({ string }) => said(`${string}.Tip`, string, "tip"))}
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
function said(id, string, what) {
  const others = LANGUAGES.map(
    (tag) => `<bt:Override Locale="${tag}" Value="${TRANSLATIONS[tag][string][what]}"/>`,
  );
  return `<bt:String id="${id}" DefaultValue="${ENGLISH[string][what]}">${others.join("")}</bt:String>`;
}

function lines(all, indent, text) {
  return all.map((one) => " ".repeat(indent) + text(one)).join("\n");
}

function indented(text, by) {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

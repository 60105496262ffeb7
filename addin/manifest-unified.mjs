/** The unified manifest, and the files in which it speaks other languages: for Outlook on the web and on Windows. */

import { ADDIN, COMMANDS, EVENTS_MAILBOX, icon, LANGUAGES, MAILBOX } from "./manifest-facts.mjs";
import { ENGLISH, TRANSLATIONS } from "./manifest-words.mjs";

const SCHEMAS = "https://developer.microsoft.com/json-schemas/teams/v1.23";
/** The sizes that a unified manifest has for a button. */
const UNIFIED_ICONS = [16, 32, 80];

/** The unified manifest, in English. */
export function json() {
  return written(unified(ENGLISH));
}

/** What it says in each other language, by the name of the file that the manifest names for it. */
export function translations() {
  const files = LANGUAGES.map((tag) => {
    const { name, description, extensions } = unified(TRANSLATIONS[tag]);
    const own = {
      $schema: `${SCHEMAS}/MicrosoftTeams.Localization.schema.json`,
      "name.short": name.short,
      "name.full": name.full,
      "description.short": description.short,
      "description.full": description.full,
    };
    const others = differences("extensions", unified(ENGLISH).extensions, extensions);
    return [fileOf(tag), written(Object.assign(own, Object.fromEntries(others)))];
  });
  return Object.fromEntries(files);
}

/** Every text that is another, by its place as Microsoft writes one: `extensions[0].ribbons[1]`. */
function differences(place, english, other) {
  if (typeof english !== "object") {
    return english === other ? [] : [[place, other]];
  }
  return Object.keys(english).flatMap((name) =>
    differences(
      Array.isArray(english) ? `${place}[${name}]` : `${place}.${name}`,
      english[name],
      other[name],
    ),
  );
}

/** `de-DE` is for whoever reads German, wherever. */
function languageOf(tag) {
  return tag.slice(0, 2);
}

function fileOf(tag) {
  return `manifest.${languageOf(tag)}.json`;
}

function written(what) {
  return `${JSON.stringify(what, null, 2)}\n`;
}

/** The unified manifest as it says it in `words`. */
function unified(words) {
  return {
    $schema: `${SCHEMAS}/MicrosoftTeams.schema.json`,
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
    description: { short: words.short, full: words.description },
    icons: { color: "icons/color.png", outline: "icons/outline.png" },
    accentColor: ADDIN.color,
    localizationInfo: {
      defaultLanguageTag: "en",
      additionalLanguages: LANGUAGES.map((tag) => ({ languageTag: languageOf(tag), file: fileOf(tag) })),
    },
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
            actions: COMMANDS.map(({ action, string }) => ({
              id: action,
              type: "openPage",
              displayName: words[string].label,
              view: "pane",
            })),
          },
          {
            requirements: needs(EVENTS_MAILBOX),
            id: "events",
            type: "general",
            code: { page: ADDIN.events.page, script: ADDIN.events.script },
            lifetime: "short",
            actions: [{ id: ADDIN.events.onSend, type: "executeFunction", displayName: words.beforeSending }],
          },
        ],
        ribbons: COMMANDS.map((command) => ribbon(command, words[command.string])),
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
}

function needs(minVersion) {
  return { capabilities: [{ name: "Mailbox", minVersion }] };
}

function ribbon({ id, group, action, context }, { label, tip }) {
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

/** Las palabras de las páginas. */

import type { In } from "../../languages";
import type { pageWords } from "../../pages";
import { audit } from "./audit";
import { compare } from "./compare";
import { connection } from "./connection";
import { copies } from "./copies";
import { dashboard } from "./dashboard";
import { following, telling } from "./following";
import { halves } from "./halves";
import { allLinks, links } from "./links";
import { me } from "./me";
import { messages, naming, sharing } from "./messages";
import { notifications } from "./notifications";
import { people } from "./people";
import { byList, ranges, report, rules, sentence, silence, who } from "./report";
import { setup } from "./setup";
import { statement } from "./statement";
import { unrecorded } from "./unrecorded";

export { words as common } from "../common";

export const own: In<typeof pageWords> = {
  title: "{page} · Rollcall",
  skip: "Ir al contenido",
  loading: "Cargando …",
  zone: "Las horas son las de su zona horaria, {zone}.",
  signedInAs: "Sesión iniciada como {name}",
  close: "Cerrar",
  cancel: "Cancelar",
  refresh: "Actualizar",
  refreshed: "Las cifras están al día.",
  download: "Descargar CSV",
  preparing: "Preparando el archivo …",
  rows: "{from} a {to} de {total}",
  allMessages: "Todos los mensajes",

  nav: {
    label: "Páginas",
    messages: "Mensajes",
    dashboard: "Panorama",
    connection: "Conexión",
    people: "Personas",
    links: "Enlaces",
    notifications: "Notificaciones",
    audit: "Registro de auditoría",
    statement: "Declaración",
  },

  signIn: {
    title: "Inicie sesión para ver sus mensajes",
    text: "Use la cuenta con la que escribe sus mensajes. Rollcall solo le muestra lo que puede ver.",
    failed: "Rollcall no se puede mostrar ahora",
  },

  signOut: {
    button: "Cerrar sesión",
    done: "Ha cerrado su sesión en Rollcall",
    doneText:
      "No queda nada de su sesión en las pestañas de Rollcall. Es posible que Microsoft 365 aún sepa quién es usted en este navegador.",
    ofAll: "Cerrar también la sesión de Microsoft 365",
  },

  refused: {
    title: "Esta página es para administradores de Rollcall",
    text: "Ha iniciado sesión, pero sin el rol Rollcall.Admin. Sus propios mensajes e informes están a su disposición.",
    remedy: "Si necesita esta página, pida ese rol en Entra a quien se ocupa de Rollcall en su organización.",
    noRole: "Todavía no tiene ningún rol en Rollcall",
    noRoleText: "Ha iniciado sesión, pero nadie le ha dado el rol Rollcall.Sender.",
    noRoleRemedy:
      "Pida a quien se ocupa de Rollcall en su organización que le agregue, e inicie sesión de nuevo.",
  },

  unknown: {
    heading: "Página no encontrada",
    title: "No hay ninguna página en esta dirección",
    text: "La dirección puede estar cortada o desfasada. Existen estas páginas:",
  },

  copies,
  messages,
  halves,
  dashboard,
  naming,
  sharing,
  links,
  allLinks,
  ranges,
  sentence,
  silence,
  byList,
  report,
  rules,
  who,
  following,
  telling,
  compare,
  connection,
  notifications,
  people,
  audit,
  me,
  setup,
  statement,
  unrecorded,
};

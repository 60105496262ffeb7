/** El registro de quién hizo qué y cuándo. */

import type { In } from "../../languages";
import type * as english from "../../pages/audit";

export const audit: In<typeof english.audit> = {
  heading: "Registro de auditoría",
  intro:
    "Quién hizo qué y cuándo: listas contadas, conexiones, exportaciones, consultas de personas, eliminaciones. Nunca los miembros de una lista, ni lo que dice un mensaje.",
  caption: "Entradas, las más recientes primero",
  filters: "Filtro",
  kind: "Tipo",
  anyKind: "Todos los tipos",
  actor: "Autor (id. de objeto)",
  since: "Desde",
  until: "Hasta",
  apply: "Aplicar",
  clear: "Borrar",
  when: "Cuándo",
  what: "Qué",
  who: "Quién",
  rollcall: "Rollcall",
  bySelf: "La propia persona",
  onlyActor: "Solo lo que hizo {actor}",
  details: "Detalles",
  facts: {
    chain: "Cadena",
    number: "Número en su cadena",
    previous: "Hash de la entrada anterior",
    hash: "Hash",
    subject: "Asunto",
  },
  older: "Mostrar entradas más antiguas",
  count: "{n} entradas mostradas",
  countOne: "1 entrada mostrada",
  emptyTitle: "No hay entradas",
  emptyText: "Todavía no se ha registrado nada.",
  emptyFiltered: "Ninguna entrada coincide con este filtro.",
  verifyTitle: "Cómo comprobar que nada se modificó",
  verifyText:
    "Cada entrada contiene el hash de la anterior de su cadena; cada proceso de Rollcall escribe una cadena propia. Una vez al día, el hash más reciente de cada cadena se escribe en otra entrada, y cada hash va además al registro de la plataforma. Quien modifica, quita o inserta una entrada rompe una cadena.",
  verifyHow: "Quien se ocupa de la instalación ejecuta esto y lee qué entrada no encaja:",
  verifyCommand: "python3 dev.py verify-audit",
  registeredUnchecked:
    "Registró el mensaje {subject} para su seguimiento, con un remitente que nadie garantiza.",
  kinds: {
    expanded: { name: "Lista contada", text: "Contó {subject}: {count}, {complete}." },
    expansion_failed: { name: "Recuento fallido", text: "Un recuento falló ({failure})." },
    connection_started: {
      name: "Inicio de sesión comenzado",
      text: "Empezó a iniciar la sesión de la cuenta de servicio.",
    },
    connection_refused: {
      name: "Inicio de sesión rechazado",
      text: "Se rechazó un inicio de sesión de la cuenta de servicio ({reason}).",
    },
    connected: { name: "Conectado", text: "Conectó la cuenta de servicio." },
    disconnected: { name: "Desconectado", text: "Desconectó la cuenta de servicio." },
    list_tested: { name: "Lista probada", text: "Probó la lista {subject} en cada directorio." },
    connecting: { name: "Conexión inminente", text: "Estaba a punto de conectar la cuenta de servicio." },
    connection_checked: { name: "Conexión consultada", text: "Consultó la conexión ({outcome})." },
    kept_alive: {
      name: "Sesión mantenida",
      text: "Usó la sesión para que no caduque ({outcome}).",
    },
    message_registered: {
      name: "Mensaje registrado",
      text: "Registró el mensaje {subject} para su seguimiento.",
    },
    message_labelled: {
      name: "Mensaje renombrado",
      text: "Cambió el nombre, la campaña, las etiquetas o la finalidad del mensaje {subject}.",
    },
    message_sent: {
      name: "Mensaje enviado",
      text: "Envió el mensaje {subject}: sus aperturas y clics cuentan desde entonces.",
    },
    message_unsent: {
      name: "Mensaje no enviado",
      text: "Indicó que el mensaje {subject} no se envió: sus aperturas y clics ya no cuentan.",
    },
    message_deleted: { name: "Mensaje eliminado", text: "Eliminó el mensaje {subject} y su informe." },
    message_shared: { name: "Informe compartido", text: "Compartió el informe de {subject} con {readers}." },
    link_withdrawn: { name: "Enlace retirado", text: "Retiró enlaces del mensaje {subject}." },
    link_corrected: {
      name: "Enlace corregido",
      text: "Hizo que enlaces del mensaje {subject} lleven a {host}.",
    },
    link_restored: {
      name: "Enlace restablecido",
      text: "Hizo que enlaces del mensaje {subject} lleven de nuevo adonde dice el mensaje.",
    },
    recipients_viewed: {
      name: "Destinatarios consultados",
      text: "Consultó lo que hicieron destinatarios concretos de {subject}.",
    },
    report_exported: { name: "Informe descargado", text: "Descargó el informe de {subject}." },
    person_exported: {
      name: "Persona buscada",
      text: "Consultó todo lo que se guarda de la persona {subject}.",
    },
    person_erased: { name: "Persona borrada", text: "Borró a la persona {subject}." },
    objected: { name: "Oposición", text: "Anotó que la persona {subject} se opone al seguimiento." },
    objection_withdrawn: {
      name: "Oposición retirada",
      text: "Anotó que la persona {subject} retiró su oposición.",
    },
    consented: {
      name: "Consentimiento dado",
      text: "Dijo que se puede medir a {subject} con su nombre, al texto {version} ({language}).",
    },
    consent_refused: {
      name: "Consentimiento denegado",
      text: "Dijo que no se puede medir a {subject} con su nombre, al texto {version} ({language}).",
    },
    refused: { name: "Rechazado", text: "Intentó algo que no le está permitido: {count}." },
    audit_exported: { name: "Registro exportado", text: "Descargó el registro de auditoría." },
    process_started: {
      name: "Proceso iniciado",
      text: "Un proceso de Rollcall empezó una cadena de entradas.",
    },
    purged: {
      name: "Conservación terminada",
      text: "Rollcall eliminó o cerró lo que había llegado al final de su plazo de conservación.",
    },
    trail_cut: {
      name: "Registro recortado",
      text: "Se eliminaron entradas que superaban su plazo de conservación; se anotó el último hash de cada cadena afectada.",
    },
    agreement_changed: { name: "Acuerdo modificado", text: "El estado del acuerdo ha cambiado. {state}." },
    anchored: { name: "Cadenas ancladas", text: "Se anotó el hash más reciente de cada cadena." },
  },
  otherKind: "{kind}: {subject}.",
  otherKindAlone: "{kind}.",
  complete: "completo",
  notComplete: "incompleto",
  recipients: "{n} destinatarios",
  recipientsOne: "1 destinatario",
  attempts: "{n} veces",
  attemptsOne: "una vez",
  people: "{n} personas",
  personOne: "1 persona",
  openReport: "Abrir el informe",
  byLink: "un destinatario",
  nothing: "nada",
};

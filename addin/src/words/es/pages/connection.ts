/** La cuenta de servicio y la prueba de listas. */

import type { In } from "../../languages";
import type * as english from "../../pages/connection";

export const connection: In<typeof english.connection> = {
  heading: "Conexión",
  intro:
    "Rollcall lee las listas con una cuenta de servicio de su organización. Configúrela aquí, en tres pasos.",
  states: {
    connected: "Conectado",
    limited: "Sesión iniciada, pero un directorio lo rechaza",
    stopped: "Detenido",
    disconnected: "No conectado",
  },
  account: "Cuenta de servicio",
  since: "Conectado desde",
  lastSuccess: "Último éxito",
  daysLeft: "La sesión caduca",
  daysLeftText: "en {n} días",
  daysLeftNote: "si no se usa nunca; Rollcall la usa cada día",
  never: "nunca",
  directories: "Directorios",
  directoriesCaption: "Directorios que se leen, con sus permisos delegados",
  directory: "Directorio",
  permissions: "Permisos",
  state: "Estado",
  works: "funciona",
  fails: "no funciona",
  noPermissions: "ninguno en Entra: inicia sesión por sí mismo",
  directoryNames: {
    graph: "Microsoft Graph",
    exchange: "Exchange Online Admin API",
    ews: "Exchange Web Services",
  },
  grants: {
    title: "Concedido de más",
    apis: { graph: "Microsoft Graph", exchange: "Exchange Online" },
    notAsked:
      "A Entra se le pregunta como cuenta de servicio; hasta que haya una conectada, no se sabe nada.",
    more: "Entra concede más de lo que necesitan los directorios",
    moreText:
      "Rollcall no lo usa. Un permiso sigue concedido cuando se quita su directorio o lo sustituye otro más limitado. Quien gestiona los registros de aplicaciones puede retirarlo:",
    withdraw: "python3 infra/entra/register.py reconcile --withdraw",
    unknown: "No se sabe qué concede {api}",
    nothing: "A la cuenta de servicio no se le concede nada de más en {apis}.",
    and: " y ",
    unseen:
      "Esta página no puede ver a quién se asignan los roles de Rollcall, qué se concede a otras cuentas o al complemento, ni quién más podría iniciar sesión como Rollcall: Entra solo lo muestra a cuentas con un rol en Entra, que la cuenta de servicio no debe tener. Quien gestiona los registros de aplicaciones lo ve así, sin cambiar nada:",
    look: "python3 infra/entra/register.py reconcile",
  },
  done: "Hecho",
  next: "Siguiente",
  waiting: "Después del paso 2",
  perhaps: "Si aún no se ha hecho",
  consentTitle: "Conceder los permisos",
  consentText:
    "Un administrador del inquilino abre este enlace y concede exactamente los permisos aquí indicados, todos delegados: Rollcall nunca ve más que la cuenta de servicio.",
  consentAssign:
    "Asigne después la cuenta de servicio a la aplicación empresarial Rollcall en Entra, para que no se pueda conectar nadie más.",
  consent: "Abrir la página de consentimiento",
  copyConsent: "Copiar el enlace para un administrador",
  copied: "El enlace está en el portapapeles.",
  copyFailed: "El navegador no permitió copiar. Este es el enlace:",
  signInTitle: "Iniciar sesión como cuenta de servicio",
  signInText:
    "La página de Microsoft se abre en esta ventana. Inicie sesión como la cuenta de servicio, no como usted, en un plazo de diez minutos. Vuelva después a esta página.",
  signInAgain: "Iniciar sesión de nuevo, o con otra cuenta",
  signIn: "Iniciar sesión como cuenta de servicio",
  starting: "Pasando a Microsoft …",
  testTitle: "Probar una lista",
  testText:
    "Indique una lista cuyos miembros conozca. Cada directorio la lee, y se señalan las diferencias.",
  testField: "Dirección de una lista",
  test: "Probar",
  testing: "Cada directorio está leyendo la lista …",
  agree: "Todos los directorios encontraron los mismos {n} destinatarios.",
  agreeAlone: "{directory} encontró {n} destinatarios.",
  nobodyFound: "Ningún directorio encontró destinatarios.",
  differ: "Los directorios difieren.",
  differAdvice:
    "En un recuento, cada lista la lee el directorio que más ve de ella: las listas de distribución, Exchange si está conectado; las demás, Microsoft Graph. Aquí cada directorio lee la lista por su cuenta, para que vea a quién omite alguno.",
  testCaption: "Lo que encontró cada directorio en {address}",
  found: "Destinatarios",
  complete: "Completo",
  completeYes: "sí",
  completeNo: "no",
  seconds: "Segundos",
  missing: "Faltan aquí",
  missingNobody: "nadie",
  missingIn: "Faltan en {directory}: {n}",
  missingShown: "Se muestran los primeros {n}.",
  health: "Estado",
  healthText: "De qué depende Rollcall, comprobado ahora mismo.",
  healthCaption: "Comprobaciones",
  check: "Comprobación",
  checkNames: {
    key_vault: "Key Vault",
    storage: "Almacenamiento",
    service_account: "Cuenta de servicio",
    events: "Diario de eventos",
    canary: "Lista de control",
  },
  allWell: "Todo funciona.",
  degraded: "Algo requiere atención.",
  disconnectTitle: "Desconectar",
  disconnectText:
    "Rollcall olvida la sesión. Nadie puede contar listas hasta que un administrador vuelva a conectar una cuenta. El seguimiento, los enlaces y los informes continúan.",
  disconnect: "Desconectar …",
  disconnection: {
    title: "¿Desconectar la cuenta de servicio?",
    text: "Rollcall olvida la sesión de {account}. El recuento de listas se detiene aquí de inmediato, y en otros sitios en cinco minutos.",
    stays:
      "Los mensajes enviados siguen con su seguimiento, los enlaces funcionan y los informes siguen abiertos. Cualquier administrador puede volver a conectar una cuenta.",
    confirm: "Desconectar",
  },
};

/** Lo que necesita una instalación, línea por línea. */

import type { In } from "../../languages";
import type * as english from "../../pages/setup";

export const setup: In<typeof english.setup> = {
  title: "Lo que necesita una instalación",
  text: "Las líneas de register.py check, hasta donde las muestra el inicio de sesión de la cuenta de servicio.",
  caption: "Lo que necesita una instalación y si está",
  need: "Se necesita",
  state: "Estado",
  states: { well: "está", missing: "falta", look: "no se ve desde aquí" },
  somethingMissing: "Faltan: {missing}. No se ven desde aquí: {look}.",
  nothingMissing: "De lo que se ve desde aquí no falta nada. No se ven desde aquí: {look}.",
  names: {
    account: "Cuenta de servicio",
    account_enabled: "La cuenta de servicio está habilitada",
    account_member: "La cuenta de servicio es miembro, no invitada",
    account_roles: "La cuenta de servicio no tiene ningún rol en Entra",
    backend: "Registro del servidor",
    proof: "Con qué acredita el servidor su identidad",
    callback: "La dirección del inicio de sesión en el registro",
    backend_principal: "Aplicación empresarial Rollcall",
    role: "Alguien con el rol {of}",
    consent: "Consentimiento para {of}",
    addin: "Registro del complemento",
    addin_addresses: "Las direcciones del complemento en el registro",
    addin_principal: "Aplicación empresarial Rollcall for Outlook",
    addin_consent: "Consentimiento para {of} del complemento",
    beyond: "Nada concedido de más",
    policies: "El acceso condicional y los valores predeterminados de seguridad dejan entrar a la cuenta",
    exchange_role: "El rol de la cuenta de servicio en Exchange",
    ews_mailbox: "Buzón, y lista de permitidos de Exchange Web Services",
    outlook: "El complemento en Outlook",
  },
  helps: {
    account_member: "Un invitado no puede buscar grupos: conecte una cuenta de su propia organización.",
    account_roles: "Quítele sus roles en Entra: no necesita ninguno.",
    consent: "Concédalo como indica el paso 1 más arriba.",
    beyond: "Más arriba se dice qué es.",
    ews_mailbox: "La cuenta no tiene buzón: asígnele uno o quite ews de ROLLCALL_DIRECTORIES.",
  },
  elsewhere: {
    policies: "docs/setup.md, Conditional Access and security defaults",
    exchange_role: "docs/setup.md, paso 1",
    ews_mailbox: "docs/setup.md, EWS in Exchange Online",
    outlook: "docs/setup.md, paso 6",
  },
  unseen:
    "Lo que no se ve desde aquí puede estar o faltar. Quien gestiona los registros de aplicaciones ve así la mayor parte, sin cambiar nada:",
  command: "python3 infra/entra/register.py check",
};

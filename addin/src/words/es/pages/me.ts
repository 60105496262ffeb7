/** La página de cada persona sobre sí misma. */

import type { In } from "../../languages";
import type { me as english } from "../../pages/me";

export const me: In<typeof english> = {
  heading: "Lo que se mide de mí",
  signIn: "Inicie sesión para ver lo que se mide de usted",
  signInText: "Use su cuenta de trabajo. Usted ve lo que le concierne, y nadie más lo ve por ello.",
  intro:
    "En su organización, quien envía mensajes puede hacer que Rollcall cuente si se abren y si se siguen sus enlaces. Aquí ve lo que eso significa para usted, y lo decide.",
  yes: "Se le mide con su nombre",
  no: "No se le mide con su nombre",
  why: {
    off: "Su organización no mide a nadie con su nombre.",
    yes: "Usted dijo que sí. Quien envía tales mensajes ve si los abrió y si siguió sus enlaces.",
    no_answer:
      "Hace falta su consentimiento, y no lo ha dado. Recibe los mismos mensajes y se le cuenta sin su nombre.",
    objected: "Usted se opuso. No se registra nada de lo que haga con tales mensajes.",
    not_objected: "Usted no se opuso. Quien envía tales mensajes ve si los abrió y si siguió sus enlaces.",
  },
  addresses: "Se trata de mensajes a {addresses}.",
  question: "Su decisión",
  sayYes: "Sí, se me puede medir con mi nombre",
  sayNo: "No",
  saying: "Guardando su respuesta …",
  said: "Su respuesta está guardada. Vale desde ahora, también para los mensajes que ya tiene.",
  answered: "Su última respuesta",
  answeredYes: "Dijo que sí el {when}.",
  answeredNo: "Dijo que no el {when}.",
  shown: "Lo que se le mostró (versión {version}, idioma {language})",
  kept: "Lo que se guarda de usted",
  keptText: "Todo lo que Rollcall guarda de usted, en un archivo legible para personas y programas.",
  keptDownload: "Descargar todo (JSON)",
  erase: "Borrar lo que se guarda de mí",
  eraseText:
    "Su dirección y lo que hizo se quita de todo lo registrado, y también sus respuestas. Un no permanece, para que nadie vuelva a medirle. No se puede deshacer.",
  eraseAsk: "¿Borrar todo lo que se guarda de usted?",
  eraseYes: "Borrar",
  erasing: "Revisando todo …",
  erased: "Borrado. En los mensajes que recibió ya nada conduce a usted.",
  eraseUnfinished:
    "Los mensajes que se están preparando aún pueden contener su dirección. Borre otra vez dentro de diez minutos.",
  contact: "Preguntas: {contact}",
  open: "Lo que se mide de mí",
};

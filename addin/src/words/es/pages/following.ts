import type { In } from "../../languages";
import type * as english from "../../pages/following";

export const following: In<typeof english.following> = {
  heading: "Seguimiento",
  text: "Puede escribir a quienes no lo abrieron, o quizá no. Consultar a personas concretas queda en el registro de auditoría.",
  show: "Buscar a esas personas",
  found: "{n} personas no lo abrieron, o quizá no.",
  foundOne: "Una persona no lo abrió, o quizá no.",
  nobody: "No queda nadie a quien escribir.",
  write: "Escribirles",
  writePart: "Escribir de la {from} a la {to}",
  hidden: "Están en CCO: nadie ve a los demás.",
  failed: "Outlook no abrió un mensaje nuevo. Copie las direcciones en su lugar.",
  file: "Guardar las direcciones",
  copy: "Copiar las direcciones",
  copied: "{n} direcciones copiadas.",
  copiedOne: "1 dirección copiada.",
  notCopied: "El navegador no permitió copiar.",
  tooMany:
    "Son demasiadas para un mensaje nuevo desde aquí. Copie las direcciones, o abra su mensaje enviado en Outlook: allí Rollcall abre mensajes nuevos para ellas.",
  without: "Quien se opuso a la medición no está incluido.",
};

export const telling: In<typeof english.telling> = {
  share: "Compartir el informe",
  why: "Rollcall no envía correos. Puede avisarles usted:",
  tell: "Avisarles por correo",
  subject: "Informe de un mensaje",
  subjectNamed: "Informe: {name}",
  text: "He compartido con usted el informe de un mensaje. Inicie sesión con su cuenta profesional para verlo:",
};

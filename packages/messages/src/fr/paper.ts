/** What stands on a ticket that is printed. */
export const paper = {
  title: "{tickets, plural, one {Billet papier} other {# billets papier}} · {codes}",
  heading: "{discipline} · {code}",
  date: "Date et heure du lieu",
  gatesOpen: "Ouverture des portes",
  place: "Lieu",
  category: "Catégorie",
  zone: "Zone",
  gate: "Porte {code}",
  name: "Nom",
  nameElsewhere: "tel que dans votre compte",
  reference: "Référence",
  code: "Code QR du billet {reference}, à montrer à l’entrée",
  bring: {
    heading: "À apporter",
    sheet: "Cette feuille, à plat, sans pli sur le code",
    document: "Une pièce d’identité de la personne dont le nom est sur ce billet",
  },
  check: {
    heading: "À savoir",
    look: "Un billet papier est toujours vérifié : quelqu’un regarde la pièce d’identité. Prévoyez quelques minutes de plus.",
    phone:
      "Cette feuille remplace le code du téléphone, qui n’ouvre plus rien. Si vous activez de nouveau le billet sur un téléphone, c’est elle qui ne vaut plus rien.",
    copy: "Le billet fait entrer une seule personne, une seule fois : ne donnez à personne une photo de cette feuille.",
  },
} as const;

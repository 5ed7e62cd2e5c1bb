import type { Locale } from "@tessera/contracts";

/** What the visitor can make of a demo payment. */
export const choices = ["pay", "refuse", "abandon", "late", "doubled"] as const;
export type Choice = (typeof choices)[number];

type Words = {
  title: string;
  intro: string;
  reference: string;
  amount: string;
  choices: Record<Choice, { label: string; explanation: string }>;
  settled: string;
  backToOrder: string;
  unknown: string;
  unknownText: string;
  undelivered: string;
  toShop: string;
};

export const payWords: Record<Locale, Words> = {
  fr: {
    title: "Paiement de démonstration",
    intro: "Aucun argent n’est prélevé. Choisissez ce qui arrive à ce paiement.",
    reference: "Commande",
    amount: "Montant",
    choices: {
      pay: { label: "Payer", explanation: "Le paiement est accepté." },
      refuse: { label: "Refuser la carte", explanation: "La banque refuse ; vos places restent réservées." },
      abandon: { label: "Abandonner", explanation: "Vous quittez la page sans payer." },
      late: {
        label: "Payer trop tard",
        explanation:
          "La réservation expire, puis le paiement arrive : vous obtenez vos places s’il en reste, sinon un remboursement.",
      },
      doubled: {
        label: "Payer, confirmé deux fois",
        explanation: "La confirmation arrive en double ; elle compte une fois.",
      },
    },
    settled: "Ce paiement est terminé.",
    backToOrder: "Revenir à la commande",
    unknown: "Paiement introuvable",
    unknownText: "Ce paiement n’existe pas. Reprenez depuis votre commande.",
    undelivered: "La billetterie n’a pas pu enregistrer votre choix. Réessayez dans un instant.",
    toShop: "Aller à la billetterie",
  },
  en: {
    title: "Demo payment",
    intro: "No money is taken. Choose what becomes of this payment.",
    reference: "Order",
    amount: "Amount",
    choices: {
      pay: { label: "Pay", explanation: "The payment goes through." },
      refuse: { label: "Have the card refused", explanation: "The bank says no; your seats stay reserved." },
      abandon: { label: "Walk away", explanation: "You leave the page without paying." },
      late: {
        label: "Pay too late",
        explanation:
          "The reservation expires and then the payment comes in: you get your seats if there are any left, or your money back.",
      },
      doubled: { label: "Pay, confirmed twice", explanation: "The confirmation comes in twice; it counts once." },
    },
    settled: "This payment is over.",
    backToOrder: "Back to the order",
    unknown: "No such payment",
    unknownText: "This payment does not exist. Start again from your order.",
    undelivered: "The ticket office could not record your choice. Try again in a moment.",
    toShop: "Go to the ticket office",
  },
};

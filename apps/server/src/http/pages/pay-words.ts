import type { Locale } from "@tessera/contracts";

/** What the visitor can make of a demo payment. */
export const choices = ["pay", "refuse", "abandon", "late", "doubled", "unreported"] as const;
export type Choice = (typeof choices)[number];

type Words = {
  title: string;
  intro: string;
  reference: string;
  amount: string;
  choices: Record<Choice, { label: string; explanation: string }>;
  /** Why nothing can be chosen any more. */
  ended: Record<"succeeded" | "refused" | "closed", string>;
  backToOrder: string;
  unknown: string;
  unknownText: string;
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
      abandon: { label: "Abandonner", explanation: "Vous quittez la page sans payer ; elle reste ouverte." },
      late: {
        label: "Payer trop tard",
        explanation:
          "La réservation expire, puis le paiement arrive : vous obtenez vos places s’il en reste, sinon un remboursement.",
      },
      doubled: {
        label: "Payer, confirmé deux fois",
        explanation: "La confirmation arrive en double ; elle compte une fois.",
      },
      unreported: {
        label: "Payer, sans confirmation",
        explanation: "La confirmation se perd ; la billetterie la demande d’elle-même en quelques minutes.",
      },
    },
    ended: {
      succeeded: "Ce paiement est accepté. Il n’y a plus rien à faire ici.",
      refused: "Ce paiement a été refusé. Vous pouvez en commencer un autre depuis votre commande.",
      closed: "Cette page de paiement est fermée : elle ne prend plus rien.",
    },
    backToOrder: "Revenir à la commande",
    unknown: "Paiement introuvable",
    unknownText: "Ce paiement n’existe pas. Reprenez depuis votre commande.",
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
      abandon: { label: "Walk away", explanation: "You leave the page without paying; it stays open." },
      late: {
        label: "Pay too late",
        explanation:
          "The reservation expires and then the payment comes in: you get your seats if there are any left, or your money back.",
      },
      doubled: { label: "Pay, confirmed twice", explanation: "The confirmation comes in twice; it counts once." },
      unreported: {
        label: "Pay, never confirmed",
        explanation: "The confirmation is lost; the ticket office asks for it by itself within a few minutes.",
      },
    },
    ended: {
      succeeded: "This payment went through. There is nothing more to do here.",
      refused: "This payment was refused. You can start another one from your order.",
      closed: "This payment page is closed: it takes nothing any more.",
    },
    backToOrder: "Back to the order",
    unknown: "No such payment",
    unknownText: "This payment does not exist. Start again from your order.",
    toShop: "Go to the ticket office",
  },
};

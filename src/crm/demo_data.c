/* Names, places and sentences of the invented firm. */
#include "crm/demo_data.h"

#include "base/ctx.h"

#define LIST(name, ...)                                           \
	static const char *const name##_text[] = { __VA_ARGS__ }; \
	const struct demo_list name = { name##_text, COUNT(name##_text) }

const char *const demo_teams[2][2] = { { "Marketing", "Marketing" }, { "Vendite", "Sales" } };

const struct demo_user demo_users[] = {
	{ "Giulia", "Conti", "Manager", 0 },
	{ "Chiara", "Neri", "Marketing", 0 },
	{ "Davide", "Sala", "Marketing", 0 },
	{ "Paolo", "Ferraro", "Manager", 1 },
	{ "Elena", "Riva", "Sales", 1 },
	{ "Marco", "Villa", "Sales", 1 },
	{ "Sara", "Pellegrini", "Sales", 1 },
	{ "Luca", "Serra", "Sales", 1 },
	{ "Irene", "Fabbri", "Read-only", 1 },
};
const size_t demo_user_n = COUNT(demo_users);

const struct demo_city demo_cities[] = {
	{ "Milano", "MI", "Lombardia", "20121", "02" },
	{ "Bergamo", "BG", "Lombardia", "24121", "035" },
	{ "Brescia", "BS", "Lombardia", "25121", "030" },
	{ "Como", "CO", "Lombardia", "22100", "031" },
	{ "Cremona", "CR", "Lombardia", "26100", "0372" },
	{ "Mantova", "MN", "Lombardia", "46100", "0376" },
	{ "Monza", "MB", "Lombardia", "20900", "039" },
	{ "Pavia", "PV", "Lombardia", "27100", "0382" },
	{ "Varese", "VA", "Lombardia", "21100", "0332" },
	{ "Torino", "TO", "Piemonte", "10121", "011" },
	{ "Cuneo", "CN", "Piemonte", "12100", "0171" },
	{ "Novara", "NO", "Piemonte", "28100", "0321" },
	{ "Aosta", "AO", "Valle d'Aosta", "11100", "0165" },
	{ "Genova", "GE", "Liguria", "16121", "010" },
	{ "La Spezia", "SP", "Liguria", "19121", "0187" },
	{ "Trento", "TN", "Trentino-Alto Adige", "38121", "0461" },
	{ "Bolzano", "BZ", "Trentino-Alto Adige", "39100", "0471" },
	{ "Verona", "VR", "Veneto", "37121", "045" },
	{ "Vicenza", "VI", "Veneto", "36100", "0444" },
	{ "Padova", "PD", "Veneto", "35121", "049" },
	{ "Treviso", "TV", "Veneto", "31100", "0422" },
	{ "Venezia", "VE", "Veneto", "30172", "041" },
	{ "Udine", "UD", "Friuli-Venezia Giulia", "33100", "0432" },
	{ "Trieste", "TS", "Friuli-Venezia Giulia", "34121", "040" },
	{ "Bologna", "BO", "Emilia-Romagna", "40121", "051" },
	{ "Ferrara", "FE", "Emilia-Romagna", "44121", "0532" },
	{ "Forlì", "FC", "Emilia-Romagna", "47121", "0543" },
	{ "Modena", "MO", "Emilia-Romagna", "41121", "059" },
	{ "Parma", "PR", "Emilia-Romagna", "43121", "0521" },
	{ "Piacenza", "PC", "Emilia-Romagna", "29121", "0523" },
	{ "Ravenna", "RA", "Emilia-Romagna", "48121", "0544" },
	{ "Reggio Emilia", "RE", "Emilia-Romagna", "42121", "0522" },
	{ "Rimini", "RN", "Emilia-Romagna", "47921", "0541" },
	{ "Firenze", "FI", "Toscana", "50121", "055" },
	{ "Arezzo", "AR", "Toscana", "52100", "0575" },
	{ "Lucca", "LU", "Toscana", "55100", "0583" },
	{ "Pisa", "PI", "Toscana", "56121", "050" },
	{ "Prato", "PO", "Toscana", "59100", "0574" },
	{ "Perugia", "PG", "Umbria", "06121", "075" },
	{ "Terni", "TR", "Umbria", "05100", "0744" },
	{ "Ancona", "AN", "Marche", "60121", "071" },
	{ "Pesaro", "PU", "Marche", "61121", "0721" },
	{ "Roma", "RM", "Lazio", "00144", "06" },
	{ "Latina", "LT", "Lazio", "04100", "0773" },
	{ "Pescara", "PE", "Abruzzo", "65121", "085" },
	{ "Campobasso", "CB", "Molise", "86100", "0874" },
	{ "Napoli", "NA", "Campania", "80133", "081" },
	{ "Salerno", "SA", "Campania", "84121", "089" },
	{ "Bari", "BA", "Puglia", "70121", "080" },
	{ "Lecce", "LE", "Puglia", "73100", "0832" },
	{ "Potenza", "PZ", "Basilicata", "85100", "0971" },
	{ "Cosenza", "CS", "Calabria", "87100", "0984" },
	{ "Catania", "CT", "Sicilia", "95121", "095" },
	{ "Palermo", "PA", "Sicilia", "90133", "091" },
	{ "Cagliari", "CA", "Sardegna", "09121", "070" },
};
const size_t demo_city_n = COUNT(demo_cities);

const struct demo_sector demo_sectors[] = {
	{ "Metalmeccanica",
		{ "Officine %", "Carpenteria %", "% Meccanica", "Torneria %", "Fonderia %" } },
	{ "Alimentare",
		{ "Pastificio %", "Molino %", "Salumificio %", "Dolciaria %", "Caseificio %" } },
	{ "Vino e bevande", { "Cantine %", "Tenuta %", "Distilleria %" } },
	{ "Edilizia", { "Edil %", "% Costruzioni", "Ceramiche %", "Marmi %" } },
	{ "Tessile", { "Tessitura %", "Maglificio %", "Filatura %" } },
	{ "Arredamento", { "% Arredamenti", "Falegnameria %", "Cucine %" } },
	{ "Trasporti e logistica", { "% Trasporti", "% Logistica", "Autolinee %" } },
	{ "Gomma e plastica", { "% Stampi", "Plastiche %", "% Imballaggi" } },
	{ "Elettronica", { "% Elettronica", "% Automazioni", "Quadri %" } },
	{ "Chimica", { "Vernici %", "% Cosmetici", "Laboratori %" } },
	{ "Carta e stampa", { "Grafiche %", "Scatolificio %", "Cartiera %" } },
	{ "Servizi", { "Studio %", "% Consulenze", "% Informatica" } },
};
const size_t demo_sector_n = COUNT(demo_sectors);

LIST(demo_women, "Alessia", "Anna", "Beatrice", "Camilla", "Caterina", "Cristina", "Federica",
	"Francesca", "Giorgia", "Giovanna", "Ilaria", "Laura", "Lucia", "Maria", "Martina",
	"Michela", "Monica", "Paola", "Roberta", "Silvia", "Simona", "Valentina");
LIST(demo_men, "Alberto", "Alessandro", "Andrea", "Antonio", "Carlo", "Claudio", "Daniele",
	"Enrico", "Fabio", "Federico", "Filippo", "Francesco", "Giacomo", "Giorgio", "Giovanni",
	"Lorenzo", "Massimo", "Matteo", "Michele", "Nicola", "Pietro", "Riccardo", "Roberto",
	"Simone", "Stefano", "Tommaso", "Vincenzo");
LIST(demo_families, "Amadori", "Arrighi", "Baldini", "Barbieri", "Bassi", "Bellini", "Benedetti",
	"Bernardi", "Bianchi", "Bonetti", "Brambilla", "Bruno", "Caputo", "Carbone", "Caruso",
	"Castelli", "Cattaneo", "Colombo", "Costa", "Cremonesi", "D'Amico", "D'Angelo", "De Luca",
	"De Santis", "Donati", "Esposito", "Farina", "Ferrari", "Ferretti", "Fontana", "Galli",
	"Gatti", "Gentile", "Giordano", "Grassi", "Greco", "Guerra", "Guidi", "Lombardi", "Longo",
	"Mancini", "Marchetti", "Mariani", "Marini", "Martinelli", "Mazza", "Messina", "Monti",
	"Morandi", "Moretti", "Negri", "Nicolò", "Orlando", "Palumbo", "Parisi", "Pellizzari",
	"Piazza", "Poli", "Ricci", "Rinaldi", "Rizzo", "Romano", "Rossetti", "Rossi", "Russo",
	"Sacchi", "Sanna", "Santoro", "Silvestri", "Sorrentino", "Testa", "Tosi", "Valenti",
	"Ventura", "Vitale", "Zanetti", "Zanin", "Zorzi");
LIST(demo_places, "Adda", "Adige", "Aurora", "Bassa Padana", "Brenta", "Ca' Bianca", "Cinque Vie",
	"del Borgo", "del Garda", "del Lario", "della Rocca", "delle Rose", "Due Torri", "Emiliana",
	"La Quercia", "Lambro", "Montefiore", "Orobica", "Po", "Ponte Alto", "San Giorgio",
	"San Marco", "San Pietro", "Santa Lucia", "Tre Valli", "Valbruna", "Valsesia",
	"Vecchia Posta");
LIST(demo_forms, "srl", "S.r.l.", "srl", "S.p.A.", "snc", "sas", "S.r.l. unipersonale", "& C. sas",
	"& Figli snc", "soc. coop.");
LIST(demo_titles, "Titolare", "Amministratore delegato", "Responsabile acquisti",
	"Responsabile marketing", "Direttore di produzione", "Responsabile IT",
	"Direttrice commerciale", "Responsabile qualità", "Responsabile logistica",
	"Ufficio tecnico", "Socio", "Direttore generale");
LIST(demo_streets, "Via Roma", "Via Garibaldi", "Via Mazzini", "Via Dante Alighieri",
	"Viale Europa", "Via dell'Industria", "Via dell'Artigianato", "Corso Italia", "Via Marconi",
	"Via Verdi", "Piazza della Libertà", "Via Matteotti", "Via Galvani", "Via Volta",
	"Strada Statale 9", "Via del Lavoro");
LIST(demo_needs, "Automazione della linea di confezionamento",
	"Etichettatura e tracciabilità dei lotti", "Nuovo gestionale di magazzino",
	"Sostituzione dei quadri elettrici", "Robot di pallettizzazione",
	"Controllo qualità con telecamere", "Raccolta dati dai macchinari",
	"Monitoraggio dei consumi energetici", "Manutenzione annuale dell'impianto",
	"Revamping della pressa", "Nastri trasportatori", "Pesatura automatica dei colli",
	"Pianificazione della produzione", "Terminali per il magazzino",
	"Cella robotizzata di saldatura", "Teleassistenza sulle macchine",
	"Adeguamento sicurezza macchine", "Interfaccia con il gestionale",
	"Pratica Transizione 5.0", "Formazione degli operatori", "Ampliamento della linea 2",
	"Banco di collaudo", "Supervisione dell'impianto", "Ricambi e contratto di assistenza");
LIST(demo_extras, "Estensione del contratto di assistenza", "Seconda linea",
	"Corso per i nuovi operatori", "Rinnovo delle licenze", "Ricambi 12 mesi",
	"Terminali aggiuntivi", "Studio di fattibilità", "Modulo statistiche",
	"Upgrade del supervisore", "Trasferimento dell'impianto");
LIST(demo_calls, "Nessuna risposta, riprovo.", "Richiamare dopo pranzo.",
	"Interessato, chiede una scheda tecnica.",
	"Ha già un fornitore, ma il contratto scade fra qualche mese.",
	"Parlato con la segretaria: il titolare rientra lunedì.",
	"Vuole capire i tempi di consegna.", "Chiede referenze nello stesso settore.",
	"Budget da confermare con la proprietà.", "Buona telefonata: fissiamo una visita.",
	"Numero occupato.", "Conferma di aver ricevuto il materiale.");
LIST(demo_mails, "Inviata presentazione aziendale.", "Mandati casi d'uso e listino indicativo.",
	"Ricevuti i disegni della linea.", "Inviato riepilogo della visita.",
	"Chiesti i dati di produzione.", "Sollecito: nessuna risposta alla mail precedente.",
	"Mandata scheda tecnica con misure.");
LIST(demo_meetings, "Visita in stabilimento: visto il reparto confezionamento.",
	"Incontro con produzione e acquisti.",
	"Dimostrazione in sede, molto interessati alla tracciabilità.",
	"Videochiamata con l'ufficio tecnico.", "Rilievo misure e verifica degli spazi.");
LIST(demo_comments, "Conosciuti in fiera a Parma, lo stand accanto al nostro.",
	"Decide il padre, ma si parla con la figlia.",
	"Attenzione: chiudono tre settimane ad agosto.",
	"Il concorrente ha offerto il 10 % in meno.",
	"Preferiscono essere chiamati al mattino presto.",
	"Hanno due stabilimenti, uno in ampliamento.",
	"Pagano a 90 giorni: da valutare con l'amministrazione.",
	"Ci ha presentati un cliente di Modena.", "Vogliono una sola persona di riferimento.",
	"Molto attenti all'assistenza dopo la vendita.",
	"Hanno chiesto se gestiamo anche la pratica per il credito d'imposta.");
LIST(demo_notes, "sentire il titolare", "richiamare per l'appuntamento",
	"mandare la scheda tecnica", "chiedere i volumi annui", "confermare la visita",
	"verificare il budget", "ricontattare dopo la fiera", "proporre una dimostrazione",
	"sollecitare la risposta", "definire i tempi di consegna");
LIST(demo_junk, "Non ha un'esigenza attuale", "Ha scelto un concorrente", "Azienda in chiusura",
	"Fuori dalla nostra zona", "Budget insufficiente", "Contatto errato");
LIST(demo_lost, "Prezzo troppo alto", "Scelto un concorrente", "Progetto rimandato",
	"Nessuna risposta", "Tempi di consegna", "Ha deciso di non investire");

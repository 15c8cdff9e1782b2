#!/usr/bin/env python3
"""A CSV of N invented leads on stdout: leads.py N [EACH]; with EACH, one of so many comes again, typed otherwise"""
import random
import sys

R = random.Random(7)
FIRST = "Marco Anna Luca Giulia Paolo Elena Chiara Davide Sara Matteo Francesca Andrea Laura Stefano Marta Giorgio".split()
LAST = "Rossi Bianchi Ferrari Russo Romano Gallo Costa Fontana Conti Greco Bruno Ricci Marino Villa Serra Longo Gatti".split()
CORE = "Alpi Nova Delta Etna Lario Tecno Adria Po Vesuvio Euro Mecc Termo Elettro Idro Agri Legno Ferro Pietra".split()
KIND = "Impianti Sistemi Servizi Design Logistica Arredi Energia Plast Foods Costruzioni Meccanica".split()
FORM = "srl spa snc sas".split()
CITY = [("Torino", "TO"), ("Milano", "MI"), ("Bologna", "BO"), ("Roma", "RM"), ("Napoli", "NA"), ("Bari", "BA"), ("Padova", "PD")]


def vat(n):
    digits = [int(c) for c in "%010d" % n]
    total = 0
    for i, d in enumerate(digits):
        d = d if i % 2 == 0 else d * 2
        total += d - 9 if d > 9 else d
    return "%010d%d" % (n, (10 - total % 10) % 10)


def mistype(word):
    if len(word) < 4:
        return word
    at = R.randrange(1, len(word) - 1)
    return R.choice([word[:at] + word[at + 1:], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2:]])


def again(row):
    """The same lead as somebody else would type it: its mail, phone or VAT number alone is the same, or only its names."""
    first, last, firm, mail, phone, number, city, province = row
    core, kind, n, form = firm.split(" ")
    firm = R.choice(["%s %s %s %s" % (core.upper(), mistype(kind).upper(), n, ".".join(form.upper()) + "."), "%s %s %s" % (mistype(core), kind, n)])
    kept = R.randrange(4)
    return (first, last, firm, mail if kept == 0 else "", phone.replace(" ", "/") if kept == 1 else "", "IT" + number if kept == 2 else "", city, province)


EACH = int(sys.argv[2]) if len(sys.argv) > 2 else 0
print("Nome;Cognome;Azienda;Email;Telefono;Partita IVA;Città;Provincia;Settore;Dipendenti;Fatturato;Note")
for i in range(int(sys.argv[1])):
    first, last, city = R.choice(FIRST), R.choice(LAST), R.choice(CITY)
    firm = "%s %s %d %s" % (R.choice(CORE), R.choice(KIND), i, R.choice(FORM))
    rest = (R.choice(KIND), R.randint(1, 400), R.randint(50, 90000) * 1000, i)
    row = (first, last, firm, "%s.%s%d@%s.example" % (first.lower(), last.lower(), i, R.choice(CORE).lower()),
           "0%d %07d" % (R.randint(10, 99), i % 10000000), vat(1000000000 + i)) + city
    print("%s;%s;%s;%s;%s;%s;%s;%s;%s;%d;%d,00;riga %d" % (row + rest))
    if EACH and i % EACH == 0:
        print("%s;%s;%s;%s;%s;%s;%s;%s;%s;%d;%d,00;riga %d bis" % (again(row) + rest))

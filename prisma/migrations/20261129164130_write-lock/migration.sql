-- CreateTable
CREATE TABLE "WriteLock" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "WriteLock_pkey" PRIMARY KEY ("id")
);
